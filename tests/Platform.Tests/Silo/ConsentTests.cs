using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a citizen decides is recorded once, and what cannot be decided is refused with a code.</summary>
public sealed class ConsentTests(PostgresServer postgres) : KernelTest(postgres)
{
    public static TheoryData<string, ConsentCall> ImpossibleTerms() => new()
    {
        { "already over", Person.Grant("k") with { ValidTo = Person.Now.AddMinutes(-1) } },
        { "over before it begins", Person.Grant("k") with { ValidFrom = Person.Now.AddDays(40) } },
        { "too long", Person.Grant("k") with { ValidTo = Person.Now.AddDays(3661) } },
        { "no data life", Person.Grant("k") with { DataLifeDays = 0 } },
        { "endless data life", Person.Grant("k") with { DataLifeDays = 3651 } },
        { "limit of none", Person.Grant("k") with { LimitCount = 0, LimitPer = Period.Day } },
        { "limit without period", Person.Grant("k") with { LimitCount = 1 } },
        { "period without limit", Person.Grant("k") with { LimitPer = Period.Day } },
        { "nothing covered", Person.Grant("k") with { Targets = [] } },
    };

    [Theory, EachDatabase]
    public async Task A_repeated_operation_gives_the_first_answer_and_changes_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var call = Person.Grant("key");

        var first = await silo.Self(Person.Id(1)).DecideConsent(call);
        var second = await silo.Self(Person.Id(1)).DecideConsent(call);
        await silo.Stop();
        var third = await (await province.Start()).Self(Person.Id(1)).DecideConsent(call);

        Assert.NotNull(first.Consent);
        Assert.Equal([first, first], [second, third]);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentGranted], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task An_operation_key_is_not_taken_for_other_content(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var call = Person.Grant("key");
        await silo.Self(Person.Id(1)).DecideConsent(call);

        var answer = await silo.Self(Person.Id(1)).DecideConsent(call with { DataLifeDays = 91 });

        Assert.Equal((Refusals.OperationKeyReused, null), (answer.Refusal, answer.Consent));
        Assert.Equal(2, (await province.Kinds(Person.Id(1))).Count);
    }

    [Theory, EachDatabase]
    public async Task A_granted_consent_opens_exactly_what_it_covers(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        Assert.Equal(Reason.ConsentMissing, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);

        await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key"));

        var answer = await silo.Sector(Person.Id(1)).Disclose(Person.Call(Person.Name, "profile.birthDate"));
        Assert.Equal(Outcome.PartlyPermitted, answer.Outcome);
        Assert.Equal("NGUYỄN VĂN 1", answer.Targets[0].Values[0].Text);
        Assert.Equal(Reason.ConsentMissing, answer.Targets[1].Reason);
        Assert.Empty(answer.Targets[1].Values);
    }

    [Theory, EachDatabase]
    public async Task A_refused_consent_is_recorded_and_opens_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);

        var answer = await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key") with { Granted = false });

        Assert.Equal(ConsentState.Refused, DomainJson.Read<Consent>(answer.Consent!).State);
        Assert.Equal(Reason.ConsentRefused, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRefused, LedgerKinds.Disclosure], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task Withdrawing_twice_is_recorded_once(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var consent = DomainJson.Read<Consent>((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key"))).Consent!);

        var first = await silo.Self(Person.Id(1)).WithdrawConsent(consent.Id);
        var second = await silo.Self(Person.Id(1)).WithdrawConsent(consent.Id);

        Assert.Equal(first, second);
        Assert.NotNull(DomainJson.Read<Consent>(first.Consent!).WithdrawnAt);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentGranted, LedgerKinds.ConsentWithdrawn], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task What_does_not_exist_is_refused_by_name(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.Import(Person.Record(2) with { Status = CitizenStatus.Deceased });
        var citizen = silo.Self(Person.Id(1));

        Assert.Equal(Refusals.ConsentUnknown, (await citizen.WithdrawConsent(Guid.CreateVersion7())).Refusal);
        Assert.Equal(Refusals.RecipientUnknown, (await citizen.DecideConsent(Person.Grant("a") with { Recipient = "nobody" })).Refusal);
        Assert.Equal(Refusals.PurposeUnknown, (await citizen.DecideConsent(Person.Grant("b") with { Purpose = "nothing" })).Refusal);
        Assert.Equal(Refusals.CitizenInactive, (await silo.Self(Person.Id(2)).DecideConsent(Person.Grant("c"))).Refusal);
        Assert.Equal(Refusals.CitizenUnknown, (await silo.Self(Person.Id(3)).DecideConsent(Person.Grant("d"))).Refusal);
        Assert.Equal(Refusals.ConsentUnknown, (await silo.Self(Person.Id(3)).WithdrawConsent(Guid.CreateVersion7())).Refusal);
        Assert.Null(await silo.Self(Person.Id(3)).GetRecord());
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));
        Assert.Empty(await province.Ledger(Person.Id(3)));
    }

    [Fact]
    public async Task Impossible_terms_are_refused()
    {
        var (province, silo) = await OneCitizen(DatabaseKind.Sqlite);

        foreach (var (what, call) in ImpossibleTerms().Select(row => row.Data))
        {
            var answer = await silo.Self(Person.Id(1)).DecideConsent(call);
            Assert.True(answer.Refusal == Refusals.ConsentTermsInvalid, what);
        }

        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));
    }

    [Fact]
    public async Task More_active_consents_than_a_record_holds_are_refused_but_a_refusal_is_always_recorded()
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import(Person.Record(1, [.. Enumerable.Range(0, 200).Select(_ => Person.Consent())]));
        var silo = await province.Start();

        Assert.Equal(Refusals.ConsentsTooMany, (await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("a"))).Refusal);
        Assert.Null((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("b") with { Granted = false })).Refusal);
    }

    [Fact]
    public async Task Only_so_many_operation_keys_and_ended_consents_are_kept()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        for (var round = 0; round < CitizenRecord.EndedConsentsKept + 10; round++)
        {
            await silo.Self(Person.Id(1)).DecideConsent(Person.Grant($"key {round}") with { Granted = false });
        }

        var record = DomainJson.Read<CitizenRecord>((await silo.Self(Person.Id(1)).GetRecord())!);
        Assert.Equal(CitizenRecord.EndedConsentsKept, record.Consents.Length);
        Assert.Equal(Refusals.OperationKeyReused, (await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key 30"))).Refusal);
        Assert.Null((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key 20"))).Refusal);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start());
    }
}
