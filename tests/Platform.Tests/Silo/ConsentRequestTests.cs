using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A system asks, the citizen decides on exactly what was shown, and the ledger tells both.</summary>
public sealed class ConsentRequestTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task What_the_citizen_chose_of_a_request_opens_and_nothing_else(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var asked = await Ask(silo);
        Assert.Equal(Reason.ConsentMissing, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);

        var answer = await Decide(silo, asked.Id, Person.Name);

        var consent = DomainJson.Read<Consent>(answer.Consent!);
        Assert.Equal((Person.Recipient, Person.Purpose, ConsentState.Granted, 90, 30), (consent.Recipient, consent.Purpose, consent.State, consent.DataLifeDays, (consent.ValidTo - consent.ValidFrom).Days));
        Assert.Equal(new FrequencyLimit { Count = 5, Per = Period.Year }, consent.Limit);
        Assert.Equal([Person.Name], consent.Targets);
        var given = await silo.Sector(Person.Id(1)).Disclose(Person.Call(Person.Name, "profile.birthDate"));
        Assert.Equal((true, consent.Id, false), (given.Targets[0].Released, given.Targets[0].Consent, given.Targets[1].Released));
        var found = Read(await silo.Desk.Find(Person.System, asked.Id));
        Assert.Equal((ConsentRequestState.Granted, consent.Id), (found.State, found.Consent));
        Assert.Equal([Person.Name], found.Chosen);
        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.ConsentRequested, LedgerKinds.Disclosure, LedgerKinds.ConsentGranted, LedgerKinds.Disclosure],
            await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task The_ledger_keeps_the_request_and_the_text_that_was_decided_on(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var asked = await Ask(silo);
        var text = await silo.Self(Person.Id(1)).DescribeRequest(asked.Id, "en");
        await silo.Self(Person.Id(1)).DecideRequest(Grant("yes", asked.Id, text, Person.Name) with { Language = "en" });

        var ledger = await province.Ledger(Person.Id(1));
        var requested = DomainJson.Read<ConsentRequestBody>(ledger[1].Body);
        var granted = DomainJson.Read<ConsentBody>(ledger[2].Body);

        Assert.Equal((asked.Id, asked.Id), (ledger[1].Id, requested.Request.Id));
        Assert.Equal(("Ký hợp đồng tại nhà.", "HĐ-2026-17"), (requested.Request.Note, requested.Request.CaseReference));
        Assert.Equal((asked.Id, text.Text, "en"), (granted.Request, granted.Text, granted.Consent.Evidence.Language));
        Assert.Equal(ConsentStatement.Hash(text.Text!), granted.Consent.Evidence.TextHash);
        Assert.Contains("at most 5 times in one year", text.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_refused_request_is_recorded_and_opens_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var asked = await Ask(silo);
        var text = await silo.Self(Person.Id(1)).DescribeRequest(asked.Id, "vi");

        var answer = await silo.Self(Person.Id(1)).DecideRequest(Grant("no", asked.Id, text) with { Granted = false });

        Assert.Equal(ConsentState.Refused, DomainJson.Read<Consent>(answer.Consent!).State);
        var found = Read(await silo.Desk.Find(Person.System, asked.Id));
        Assert.Equal((ConsentRequestState.Refused, 0), (found.State, found.Chosen.Length));
        Assert.Equal(Reason.ConsentRefused, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);
        Assert.Equal(LedgerKinds.ConsentRefused, (await province.Kinds(Person.Id(1)))[2]);
    }

    [Theory, EachDatabase]
    public async Task A_repeated_operation_asks_and_decides_once(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var first = await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"));
        var second = await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"));
        var asked = Read(first);
        var text = await silo.Self(Person.Id(1)).DescribeRequest(asked.Id, "vi");
        var decision = Grant("yes", asked.Id, text, Person.Name);

        var granted = await silo.Self(Person.Id(1)).DecideRequest(decision);
        await silo.Stop();
        var restarted = await province.Start();

        Assert.Equal(first, second);
        Assert.Equal(granted, await restarted.Self(Person.Id(1)).DecideRequest(decision));
        Assert.Equal(ConsentRequestState.Granted, Read(await restarted.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"))).State);
        Assert.Equal(Refusals.OperationKeyReused, (await restarted.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask") with { Days = 31 })).Refusal);
        Assert.Equal(Refusals.OperationKeyReused, (await restarted.Self(Person.Id(1)).DecideRequest(decision with { Targets = ["profile.birthDate"] })).Refusal);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested, LedgerKinds.ConsentGranted], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_request_is_decided_once_and_only_while_it_waits(DatabaseKind kind)
    {
        var clock = Clock.MidMonth();
        var (_, silo) = await OneCitizen(kind, clock);
        var (decided, cancelled, expired) = (await Ask(silo, "a"), await Ask(silo, "b"), await Ask(silo, "c"));
        await Decide(silo, decided.Id, Person.Name);
        await silo.Desk.Cancel(Person.System, cancelled.Id);
        clock.Advance(ConsentRequests.Life);
        await silo.Lease.Renew();

        foreach (var id in new[] { decided.Id, cancelled.Id, expired.Id })
        {
            var text = await silo.Self(Person.Id(1)).DescribeRequest(id, "vi");
            Assert.Null(text.Text);
            Assert.Equal(Refusals.RequestDecided, (await silo.Self(Person.Id(1)).DecideRequest(Grant($"again {id:N}", id, text, Person.Name))).Refusal);
        }

        Assert.Equal(ConsentRequestState.Expired, Read(await silo.Desk.Find(Person.System, expired.Id)).State);
        Assert.Equal(Refusals.ConsentRequestEnded, (await silo.Desk.Cancel(Person.System, expired.Id)).Refusal);
        Assert.Equal(Refusals.ConsentRequestEnded, (await silo.Desk.Cancel(Person.System, decided.Id)).Refusal);
        Assert.Equal(ConsentRequestState.Cancelled, Read(await silo.Desk.Cancel(Person.System, cancelled.Id)).State);
    }

    [Theory, EachDatabase]
    public async Task What_is_decided_is_a_part_of_what_was_asked_and_shown(DatabaseKind kind)
    {
        var clock = Clock.MidMonth();
        var (province, silo) = await OneCitizen(kind, clock);
        var asked = await Ask(silo);
        var self = silo.Self(Person.Id(1));
        var text = await self.DescribeRequest(asked.Id, "vi");
        var decision = Grant("key", asked.Id, text, Person.Name);

        Assert.Equal(Refusals.RequestUnknown, (await self.DecideRequest(decision with { Request = Guid.CreateVersion7() })).Refusal);
        Assert.Equal(Refusals.RequestTargetsInvalid, (await self.DecideRequest(decision with { Targets = ["profile.sex"] })).Refusal);
        Assert.Equal(Refusals.RequestTargetsInvalid, (await self.DecideRequest(decision with { Targets = [] })).Refusal);
        Assert.Equal(Refusals.RequestTargetsInvalid, (await self.DecideRequest(decision with { Targets = [Person.Name, Person.Name] })).Refusal);
        Assert.Equal(Refusals.RequestTargetsInvalid, (await self.DecideRequest(decision with { Granted = false })).Refusal);
        Assert.Equal(Refusals.RequestTextChanged, (await self.DecideRequest(decision with { TextHash = new string('0', 64) })).Refusal);
        Assert.Equal(Refusals.RequestTextChanged, (await self.DecideRequest(decision with { Language = "en" })).Refusal);
        Assert.Equal(Refusals.RequestUnknown, (await self.DescribeRequest(Guid.CreateVersion7(), "vi")).Refusal);

        // The text names the days: what was read yesterday is not what is decided today.
        clock.Advance(TimeSpan.FromDays(1));
        await silo.Lease.Renew();
        Assert.Equal(Refusals.RequestTextChanged, (await self.DecideRequest(decision)).Refusal);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
        Assert.Null((await self.DecideRequest(Grant("key", asked.Id, await self.DescribeRequest(asked.Id, "vi"), Person.Name))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task What_a_consent_could_never_open_is_not_asked(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var sector = silo.Sector(Person.Id(1));

        Assert.Equal(Refusals.ConsentRequestPointless, (await sector.RequestConsent(Person.Ask("a", Person.Name, "profile.religion"))).Refusal);
        Assert.Equal(Refusals.ConsentRequestPointless, (await sector.RequestConsent(Person.Ask("b", "identity.matches"))).Refusal);
        Assert.Equal(Refusals.ConsentRequestPointless, (await sector.RequestConsent(Person.Ask("c") with { Purpose = "water.contract" })).Refusal);
        Assert.Equal(Refusals.ConsentRequestPointless, (await sector.RequestConsent(Person.Ask("d") with { System = "nobody" })).Refusal);
        Assert.Equal(Refusals.PurposeUnknown, (await sector.RequestConsent(Person.Ask("e") with { Purpose = "nothing" })).Refusal);
        Assert.Equal(Refusals.ConsentTermsInvalid, (await sector.RequestConsent(Person.Ask("f", "profile.nothing"))).Refusal);
        Assert.Equal(Refusals.ConsentTermsInvalid, (await sector.RequestConsent(Person.Ask("g") with { Days = 3651 })).Refusal);
        Assert.Equal(Refusals.ConsentTermsInvalid, (await sector.RequestConsent(Person.Ask("h") with { LimitPer = null })).Refusal);
        await silo.Rules.Suspend(Person.System, "an", "Khóa bị lộ.");
        await silo.Lease.Renew();
        Assert.Equal(Refusals.SystemSuspended, (await sector.RequestConsent(Person.Ask("i"))).Refusal);
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task Only_so_many_requests_wait_and_one_taken_back_makes_room(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var first = await Ask(silo, "a");
        await Ask(silo, "b");
        await Ask(silo, "c");

        Assert.Equal(Refusals.ConsentRequestsTooMany, (await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("d"))).Refusal);
        await silo.Desk.Cancel(Person.System, first.Id);

        Assert.Null((await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("d"))).Refusal);
        Assert.Equal(4, (await silo.Self(Person.Id(1)).GetRequests()).Length);
    }

    [Theory, EachDatabase]
    public async Task A_system_finds_and_cancels_its_own_requests_alone(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var asked = await Ask(silo);
        var disclosure = await silo.Sector(Person.Id(1)).Disclose(Person.Call());

        Assert.Equal(Refusals.ConsentRequestUnknown, (await silo.Desk.Find("water", asked.Id)).Refusal);
        Assert.Equal(Refusals.ConsentRequestUnknown, (await silo.Desk.Cancel("water", asked.Id)).Refusal);
        Assert.Equal(Refusals.ConsentRequestUnknown, (await silo.Desk.Find(Person.System, Guid.CreateVersion7())).Refusal);
        Assert.Equal(Refusals.ConsentRequestUnknown, (await silo.Desk.Find(Person.System, disclosure.Id)).Refusal);
        Assert.Equal(ConsentRequestState.Waiting, Read(await silo.Desk.Find(Person.System, asked.Id)).State);
        Assert.DoesNotContain(LedgerKinds.ConsentRequestCancelled, await province.Kinds(Person.Id(1)));
    }

    [Fact]
    public async Task Nobody_decides_for_a_number_that_is_not_in_use()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1) with { Status = CitizenStatus.Deceased });
        var silo = await province.Start();
        var dead = Read(await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask")));
        var nobody = Read(await silo.Sector(Person.Id(2)).RequestConsent(Person.Ask("ask")));

        Assert.Equal(Refusals.CitizenInactive, (await Decide(silo, dead.Id, Person.Name)).Refusal);
        var text = await silo.Self(Person.Id(2)).DescribeRequest(nobody.Id, "vi");
        Assert.Equal(Refusals.CitizenUnknown, (await silo.Self(Person.Id(2)).DecideRequest(Grant("key", nobody.Id, text, Person.Name))).Refusal);
    }

    internal static RequestDecisionCall Grant(string key, Guid request, RequestTextAnswer text, params string[] targets) => new()
    {
        OperationKey = key,
        Request = request,
        Granted = true,
        Targets = [.. targets],
        Channel = "portal",
        IdentityLevel = 2,
        Language = "vi",
        TextHash = ConsentStatement.Hash(text.Text ?? ""),
    };

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind, TimeProvider? clock = null)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start(clock));
    }

    private static async Task<ConsentRequest> Ask(TestSilo silo, string key = "ask") => Read(await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask(key)));

    private static async Task<ConsentAnswer> Decide(TestSilo silo, Guid request, params string[] targets)
    {
        var self = silo.Self(Person.Id(1));
        return await self.DecideRequest(Grant("decide", request, await self.DescribeRequest(request, "vi"), targets));
    }

    private static ConsentRequest Read(ConsentRequestAnswer answer)
    {
        Assert.Null(answer.Refusal);
        return DomainJson.Read<ConsentRequest>(answer.Request!);
    }
}
