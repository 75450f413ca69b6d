using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a citizen is told of the past is what the ledger says, also of very many entries.</summary>
public sealed class AccessHistoryTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task Of_ten_thousand_entries_every_page_filter_and_count_is_right(DatabaseKind kind)
    {
        Guid[] consents = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        var past = PastAccesses.Make(10_000, Person.Now, consents);
        var (province, silo) = await OneCitizen(kind);
        await PastAccesses.Append(province, Person.Id(1), past);
        var history = silo.History(Person.Id(1));

        Assert.Equal(past.Reverse().Select(access => access.Id), await AllPages(history, new AccessQuery { Count = 200 }));

        var month = past[5_000].Month;
        var first = DateOnly.ParseExact($"{month}-01", "yyyy-MM-dd");
        var query = new AccessQuery { Count = 7, From = CivilTime.StartOf(first), To = CivilTime.StartOf(first.AddMonths(1)) };
        Assert.Equal(Ids(past, access => access.Month == month), await AllPages(history, query));
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            Assert.Equal(
                Ids(past, access => access.Month == month && access.Outcome == outcome && access.Source == "bank" && access.Kind == AccessKind.Disclosure),
                await AllPages(history, query with { Outcome = outcome, Sources = [new AccessSource { Kind = AccessKind.Disclosure, Id = "bank" }] }));
        }

        ImmutableArray<AccessSource> logins =
            [new AccessSource { Kind = AccessKind.IdentityReleased, Id = "insurance" }, new AccessSource { Kind = AccessKind.Disclosure, Id = "gone-system" }];
        Assert.Equal(
            Ids(past, access => access.Source == (access.Kind == AccessKind.Disclosure ? "gone-system" : "insurance")),
            await AllPages(history, new AccessQuery { Count = 200, Sources = logins }));

        var tallies = past
            .GroupBy(access => (access.Month, access.Kind, access.Source, access.Outcome))
            .Select(group => (group.Key, group.Count(), group.Max(access => access.At)));
        Assert.Equal(
            tallies.Order(),
            (await history.CountAccesses()).Select(tally => ((tally.Month, tally.Source.Kind, tally.Source.Id, tally.Outcome), tally.Count, tally.LastAt)).Order());

        var uses = past
            .Where(access => access is { Consent: not null, Outcome: not Outcome.Denied })
            .GroupBy(access => access.Consent!.Value)
            .Select(group => (group.Key, group.Count(), group.Max(access => access.At)));
        Assert.Equal(uses.Order(), (await history.CountConsentUses()).Select(use => (use.Consent, use.Count, use.LastAt)).Order());
    }

    [Theory, EachDatabase]
    public async Task The_last_instant_of_a_month_in_Vietnam_belongs_to_it_and_the_next_does_not(DatabaseKind kind)
    {
        var newMonth = CivilTime.StartOf(new DateOnly(2026, 2, 1));
        var consent = Guid.CreateVersion7();
        ImmutableArray<PastAccess> past =
        [
            new(Guid.CreateVersion7(), newMonth.AddMicroseconds(-1), AccessKind.Disclosure, "bank", Outcome.Permitted, consent),
            new(Guid.CreateVersion7(), newMonth, AccessKind.Disclosure, "bank", Outcome.Denied, null),
        ];
        var (province, silo) = await OneCitizen(kind);
        await PastAccesses.Append(province, Person.Id(1), past);

        Assert.Equal(
            [("2026-02", Outcome.Denied), ("2026-01", Outcome.Permitted)],
            (await silo.History(Person.Id(1)).CountAccesses()).Select(tally => (tally.Month, tally.Outcome)));
        var january = await silo.History(Person.Id(1)).GetAccesses(new AccessQuery { Count = 10, From = newMonth.AddDays(-31), To = newMonth });
        Assert.Equal([past[0].Id], january.Entries.Select(entry => entry.Id));
    }

    [Theory, EachDatabase]
    public async Task What_was_just_answered_is_already_in_the_history_with_everything_but_the_values(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var call = Person.Renewal("profile.fullName", "profile.religion") with
        {
            Official = new OfficialCall { PersonalId = "067080000001", Role = "officer", Unit = "Bộ phận một cửa", IdentityLevel = 2 },
        };
        var answer = await silo.Sector(Person.Id(1)).Disclose(call);

        var found = (await silo.History(Person.Id(1)).FindAccess(call.Id))!;

        Assert.Equal(found, (await silo.History(Person.Id(1)).GetAccesses(new AccessQuery { Count = 1 })).Entries[0] with { Targets = found.Targets, Shown = found.Shown });
        Assert.Equal((answer.LedgerSeq, answer.At, answer.Outcome), (found.Seq, found.At, found.Outcome));
        Assert.Equal((AccessKind.Disclosure, "insurance", call.Purpose), (found.Source.Kind, found.Source.Id, found.Purpose));
        Assert.Equal((call.CaseReference, "officer", "Bộ phận một cửa"), (found.CaseReference, found.OfficialRole, found.OfficialUnit));
        Assert.Equal(answer.Targets.Select(target => (target.Target, target.Released, target.Reason)), found.Targets.Select(target => (target.Target, target.Released, target.Reason)));
        Assert.All(found.Targets, target => Assert.Empty(target.Values));
        Assert.Null(found.Asked);
    }

    [Theory, EachDatabase]
    public async Task Nobody_finds_the_access_or_the_consent_of_somebody_else(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.Import(Person.Record(2));
        var call = Person.Call();
        await silo.Sector(Person.Id(1)).Disclose(call);
        var consent = DomainJson.Read<Consent>((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key"))).Consent!);
        var other = silo.History(Person.Id(2));

        Assert.Null(await other.FindAccess(call.Id));
        Assert.Null(await other.FindConsent(consent.Id));
        Assert.Empty((await other.GetAccesses(new AccessQuery { Count = 200 })).Entries);
        Assert.Empty(await other.CountAccesses());
        Assert.Null(await silo.History(Person.Id(1)).FindAccess((await province.Ledger(Person.Id(1)))[0].Id));
    }

    [Theory, EachDatabase]
    public async Task A_consent_that_the_record_dropped_is_still_found_with_the_words_that_were_shown(DatabaseKind kind)
    {
        const string Words = "Tôi đồng ý chia sẻ “họ tên”.\nChỉ lần này.";
        var (_, silo) = await OneCitizen(kind);
        var citizen = silo.Self(Person.Id(1));
        var call = Person.Grant("key") with { Text = Words, TextHash = ConsentStatement.Hash(Words) };
        var consent = DomainJson.Read<Consent>((await citizen.DecideConsent(call)).Consent!);
        await silo.Sector(Person.Id(1)).Disclose(Person.Call());
        await citizen.WithdrawConsent(consent.Id);
        for (var round = 0; round < CitizenRecord.EndedConsentsKept; round++)
        {
            await citizen.DecideConsent(Person.Grant($"later {round}") with { Granted = false });
        }

        Assert.DoesNotContain(DomainJson.Read<CitizenRecord>((await citizen.GetRecord())!).Consents, held => held.Id == consent.Id);
        var past = (await silo.History(Person.Id(1)).FindConsent(consent.Id))!;

        Assert.Equal((ConsentState.Withdrawn, Words), (DomainJson.Read<Consent>(past.Consent).State, past.Text));
        var entries = (await citizen.GetLedger(0, 500)).Entries.Where(entry => entry.Kind.StartsWith("consent.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [(entries[0].Seq, "consent.granted", entries[0].Hash), (entries[1].Seq, "consent.withdrawn", entries[1].Hash)],
            past.Entries.Select(entry => (entry.Seq, entry.Kind, entry.Hash)));
        Assert.Equal([(consent.Id, 1)], (await silo.History(Person.Id(1)).CountConsentUses()).Select(use => (use.Consent, use.Count)));
        Assert.Null(await silo.History(Person.Id(1)).FindConsent(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task Without_a_database_there_is_no_half_answer()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        await silo.CutOff();

        var fault = await Assert.ThrowsAsync<TryAgainException>(() => silo.History(Person.Id(1)).CountAccesses());

        Assert.Equal(TryAgainException.LedgerUnavailable, fault.Code);
    }

    private static IEnumerable<Guid> Ids(ImmutableArray<PastAccess> past, Func<PastAccess, bool> wanted) => past.Where(wanted).Reverse().Select(access => access.Id);

    private static async Task<List<Guid>> AllPages(ICitizenHistory history, AccessQuery query)
    {
        var found = new List<Guid>();
        for (long? before = null; ;)
        {
            var page = await history.GetAccesses(query with { Before = before });
            Assert.InRange(page.Entries.Length, 0, query.Count);
            found.AddRange(page.Entries.Select(entry => entry.Id));
            if (page.Next is not { } next)
            {
                return found;
            }

            before = next;
        }
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start());
    }
}
