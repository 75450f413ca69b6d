using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Silo.Rules;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Rule books are drafted, reviewed and published by two people and come into force for everybody at the same instant.</summary>
public sealed class RuleBookTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly TimeSpan Lease = new RuleOptions().Lease;
    private static readonly TimeSpan Ahead = RuleOptions.PublishAhead;
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    /// <summary>The shipped book, in which electricity may no longer read names.</summary>
    private static string Stricter { get; } = DomainJson.Write(RuleBook.Shipped with
    {
        Rules = RuleBook.Shipped.Rules.RemoveAll(rule => rule.Id == "electricity-contract-identity"),
    });

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Theory, EachDatabase]
    public async Task A_book_takes_two_people_and_one_way(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);
        var rules = silo.Rules;

        var drafted = await rules.Draft("key", "An", Stricter);
        Assert.Equal((2, RuleBookState.Drafted, "An"), (drafted.Book!.Number, drafted.Book.State, drafted.Book.DraftedBy));
        Assert.Equal(Refusals.RuleBookSamePerson, (await rules.Review(2, "An", true, "")).Refusal);
        Assert.Equal(Refusals.RuleBookState, (await rules.Publish(2, "Bình", Now.AddDays(1))).Refusal);
        Assert.Equal(Refusals.RuleBookUnknown, (await rules.Review(3, "Bình", true, "")).Refusal);
        Assert.Equal(RuleBookState.Approved, (await rules.Review(2, "Bình", true, "Đúng")).Book!.State);
        Assert.Equal(Refusals.RuleBookState, (await rules.Review(2, "Chi", false, "")).Refusal);
        Assert.Equal(Refusals.RuleBookSamePerson, (await rules.Publish(2, "An", Now.AddDays(1))).Refusal);
        Assert.Equal(RuleBookState.Published, (await rules.Publish(2, "Bình", Now.AddDays(1))).Book!.State);
        Assert.Equal(Refusals.RuleBookState, (await rules.Publish(2, "Bình", Now.AddDays(2))).Refusal);
        Assert.Equal(Refusals.RuleBookUnknown, (await rules.Publish(4, "Bình", Now.AddDays(1))).Refusal);

        var book = await rules.Get(2);
        Assert.Equal(("An", "Bình", "Đúng", "Bình", Now.AddDays(1)), (book!.DraftedBy, book.ReviewedBy, book.Comment, book.PublishedBy, book.EffectiveFrom));
        Assert.Equal([1, 2], (await rules.List()).Select(view => view.Number));
        Assert.Equal(1, (await rules.Current()).Number);
        Assert.Null(await rules.Get(3));
    }

    [Theory, EachDatabase]
    public async Task A_rejected_book_stays_rejected(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);
        await silo.Rules.Draft("key", "An", Stricter);

        Assert.Equal(RuleBookState.Rejected, (await silo.Rules.Review(2, "Bình", false, "Thiếu căn cứ")).Book!.State);

        Assert.Equal(Refusals.RuleBookState, (await silo.Rules.Review(2, "Bình", true, "")).Refusal);
        Assert.Equal(Refusals.RuleBookState, (await silo.Rules.Publish(2, "Bình", Now.AddDays(1))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task An_invalid_draft_is_refused_with_what_is_wrong(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);
        var homeless = DomainJson.Write(RuleBook.Shipped with { Organisations = [] });

        var refused = await silo.Rules.Draft("key", "An", homeless);

        Assert.Equal(Refusals.RuleBookInvalid, refused.Refusal);
        Assert.NotEmpty(refused.Findings);
        Assert.Equal(Refusals.RuleBookInvalid, (await silo.Rules.Draft("key", "An", "{")).Refusal);
        Assert.Equal(Refusals.RuleBookInvalid, (await silo.Rules.Draft("key", "An", "null")).Refusal);
        Assert.Single(await silo.Rules.List());
    }

    [Theory, EachDatabase]
    public async Task A_repeated_draft_is_the_same_draft(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);

        var first = await silo.Rules.Draft("key", "An", Stricter);
        var second = await silo.Rules.Draft("key", "An", Stricter);
        var other = await silo.Rules.Draft("key", "An", DomainJson.Write(RuleBook.Shipped));
        var elses = await silo.Rules.Draft("key", "Bình", Stricter);

        Assert.Equal(first.Book, second.Book);
        Assert.Equal(Refusals.OperationKeyReused, other.Refusal);
        Assert.Equal(3, elses.Book!.Number);
    }

    [Theory, EachDatabase]
    public async Task A_book_cannot_come_into_force_before_every_lease_on_the_old_one_has_run_out(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);
        await silo.Rules.Draft("key", "An", Stricter);
        await silo.Rules.Review(2, "Bình", true, "");

        var refused = await silo.Rules.Publish(2, "Bình", Now.Add(Lease));

        Assert.Equal((Refusals.RuleBookTooEarly, Now.Add(Ahead)), (refused.Refusal, refused.Earliest));
        Assert.Equal(refused.Earliest, (await silo.Rules.Publish(2, "Bình", refused.Earliest!.Value)).Book!.EffectiveFrom);
    }

    [Theory, EachDatabase]
    public async Task A_book_is_in_force_from_its_instant_and_the_old_one_can_still_be_replayed(DatabaseKind kind)
    {
        var (province, silo) = await Province(kind);
        await Publish(silo, Stricter);

        await Advance(Ahead - TimeSpan.FromMicroseconds(1), silo);
        var before = await Disclose(silo);
        await Advance(TimeSpan.FromMicroseconds(1), silo);
        var after = await Disclose(silo);

        Assert.Equal((1, Outcome.Permitted), (before.RuleBook, before.Outcome));
        Assert.Equal((2, Outcome.Denied), (after.RuleBook, after.Outcome));
        Assert.Equal(2, (await silo.Rules.Current()).Number);
        foreach (var entry in (await province.Ledger(Person.Id(1))).Where(entry => entry.Kind == LedgerKinds.Disclosure))
        {
            var body = DomainJson.Read<DisclosureBody>(entry.Body);
            var book = DomainJson.Read<RuleBook>((await silo.Rules.Get(body.Decision.RuleBook))!.Book!);
            Assert.Equal(DomainJson.Write(body.Decision), DomainJson.Write(SharingRules.Decide(body.Request, body.Facts, book, entry.At)));
        }
    }

    [Theory, EachDatabase]
    public async Task After_its_instant_every_silo_decides_by_the_new_book_or_not_at_all(DatabaseKind kind)
    {
        var (province, silo) = await Province(kind);
        var other = await province.Start(_clock);
        Assert.Equal(1, (await Disclose(other)).RuleBook);
        await Publish(silo, Stricter);

        _clock.Advance(Ahead);

        // Each is asked about a citizen of its own, so that only the rules can make it refuse.
        foreach (var (citizen, asked) in province.Silos.Index())
        {
            try
            {
                Assert.Equal(2, (await asked.Sector(Person.Id(7 + citizen)).Disclose(Person.Call())).RuleBook);
            }
            catch (TryAgainException refusal)
            {
                Assert.Equal(TryAgainException.RulesUnconfirmed, refusal.Code);
            }

            await asked.Lease.Renew();
            Assert.Equal((2, Outcome.Denied), await Outcomes(asked));
        }
    }

    [Theory, EachDatabase]
    public async Task A_silo_that_cannot_confirm_its_rules_refuses_when_its_lease_runs_out(DatabaseKind kind)
    {
        var (_, silo) = await Province(kind);
        await Disclose(silo);
        await silo.CutOff();

        _clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Equal(1, silo.Lease.Current(Now).Book.Number);
        _clock.Advance(TimeSpan.FromTicks(1));

        await Retry.Refuses(TryAgainException.RulesUnconfirmed, () => Disclose(silo));
        await Retry.Refuses(TryAgainException.RulesUnconfirmed, () => silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key", Now)));
        await Retry.Refuses(TryAgainException.RulesUnconfirmed, () => silo.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2))));
    }

    [Theory, EachDatabase]
    public async Task A_decision_whose_lease_ran_out_on_the_way_is_recorded_but_not_released(DatabaseKind kind)
    {
        var (province, silo) = await Province(kind);
        silo.Faults.Append = async (_, append) =>
        {
            silo.Faults.Append = null;
            var appended = await append();
            _clock.Advance(Lease);
            return appended;
        };

        await Retry.Refuses(TryAgainException.RulesUnconfirmed, () => Disclose(silo));

        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.Disclosure], await province.Kinds(Person.Id(1)));
        await silo.Lease.Renew();
        Assert.Equal(3, (await Disclose(silo)).LedgerSeq);
    }

    [Theory, EachDatabase]
    public async Task A_suspended_system_is_denied_everywhere_within_one_lease_until_it_is_resumed(DatabaseKind kind)
    {
        var (province, silo) = await Province(kind);
        var other = await province.Start(_clock);
        Assert.Equal(Outcome.Permitted, (await Disclose(other)).Outcome);

        var suspended = await silo.Rules.Suspend(Person.System, "Bình", "Sự cố an ninh");
        Assert.Equal((true, "Bình", "Sự cố an ninh", Now), (suspended.System!.Suspended, suspended.System.ChangedBy, suspended.System.Cause, suspended.System.ChangedAt));
        Assert.Equal(Reason.SystemSuspended, (await Disclose(silo)).Targets[0].Reason);

        _clock.Advance(Lease);
        Assert.NotEqual(Outcome.Permitted, await OutcomeOrNone(other));
        await other.Lease.Renew();
        Assert.Equal(Reason.SystemSuspended, (await Retry.Again(() => Disclose(other))).Targets[0].Reason);

        Assert.True((await other.Rules.Suspend(Person.System, "An", "Lần nữa")).System!.Suspended);
        Assert.Equal(Refusals.SystemUnknown, (await other.Rules.Suspend("nobody", "An", "")).Refusal);
        Assert.False((await other.Rules.Resume(Person.System, "An", "Đã khắc phục")).System!.Suspended);
        Assert.Equal(Outcome.Permitted, (await Disclose(other)).Outcome);
        Assert.Equal("An", (await other.Rules.Systems()).Single(system => system.Id == Person.System).ChangedBy);
        Assert.Equal(4, (await province.Governance()).Count);
    }

    private async Task<(Province Province, TestSilo Silo)> Province(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, Person.Consent(now: Now)));
        return (province, await province.Start(_clock));
    }

    private async Task Publish(TestSilo silo, string book)
    {
        await silo.Rules.Draft("key", "An", book);
        await silo.Rules.Review(2, "Bình", true, "");
        Assert.Null((await silo.Rules.Publish(2, "Bình", Now.Add(Ahead))).Refusal);
    }

    private async Task Advance(TimeSpan time, TestSilo silo)
    {
        _clock.Advance(time);
        await silo.Lease.Renew();
    }

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => silo.Sector(Person.Id(1)).Disclose(Person.Call());

    private static async Task<(int Book, Outcome Outcome)> Outcomes(TestSilo silo)
    {
        var answer = await Retry.Again(() => Disclose(silo));
        return (answer.RuleBook, answer.Outcome);
    }

    private static async Task<Outcome?> OutcomeOrNone(TestSilo silo)
    {
        try
        {
            return (await Disclose(silo)).Outcome;
        }
        catch (TryAgainException)
        {
            return null;
        }
    }
}
