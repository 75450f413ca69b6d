using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Domain.Presentations;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A presentation is shown once or not at all, and never before the ledger has it.</summary>
public sealed class PresentationDurabilityTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly string[] Shown = [LedgerKinds.RecordImported, LedgerKinds.PresentationMade, LedgerKinds.PresentationShown];

    [Theory, EachDatabase]
    public async Task Nothing_is_shown_whose_entry_was_not_confirmed_and_the_same_attempt_may_ask_again(DatabaseKind kind)
    {
        var (province, silo, made) = await Made(kind);
        var attempt = PresentationTests.Attempt(made);
        silo.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => silo.Presentations.Show(attempt));
        await silo.Stop();
        Assert.DoesNotContain(LedgerKinds.PresentationShown, await province.Kinds(Person.Id(1)));

        var restarted = await province.Start();
        var stranger = await restarted.Presentations.Show(PresentationTests.Attempt(made));
        var shown = await restarted.Presentations.Show(attempt);

        Assert.Equal(Refusals.PresentationUsed, stranger.Refusal);
        Assert.Equal("NGUYỄN VĂN 1", shown.Values[0].Text);
        Assert.Equal(Shown, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task An_attempt_made_again_sees_nothing_newer_than_what_the_ledger_says_was_shown(DatabaseKind kind)
    {
        var (province, silo, made) = await Made(kind);
        var attempt = PresentationTests.Attempt(made);
        await silo.Presentations.Show(attempt);
        await silo.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2) with { ValidTo = new DateOnly(2031, 12, 31) }));

        Assert.Equal(Refusals.PresentationUsed, (await silo.Presentations.Show(attempt)).Refusal);
        Assert.Equal(1, (await province.Kinds(Person.Id(1))).Count(entry => entry == LedgerKinds.PresentationShown));
    }

    [Theory, EachDatabase]
    public async Task A_lost_append_shows_nothing_and_stays_in_the_ledger_once(DatabaseKind kind)
    {
        var (province, silo, made) = await Made(kind);
        silo.Faults.Append = async (_, append) =>
        {
            await append();
            throw new IOException("The cable is out.");
        };
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => silo.Presentations.Show(PresentationTests.Attempt(made)));
        silo.Faults.Append = null;

        Assert.Equal(Refusals.PresentationUsed, (await silo.Presentations.Show(PresentationTests.Attempt(made))).Refusal);
        Assert.Equal(Shown, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task Of_two_activations_one_shows(DatabaseKind kind)
    {
        var (province, first, made) = await Made(kind);
        var second = await province.Start();
        await second.Self(Person.Id(1)).GetPresentation(PresentationTests.Read(made).Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index =>
        {
            var attempt = PresentationTests.Attempt(made);
            return Retry.Again(() => (index % 2 == 0 ? first : second).Presentations.Show(attempt));
        }));

        Assert.Single(answers, answer => answer.Refusal is null);
        Assert.Equal(7, answers.Count(answer => answer.Refusal == Refusals.PresentationUsed));
        Assert.Equal(Shown, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_withdrawn_code_is_shown_by_no_activation_that_has_not_seen_it(DatabaseKind kind)
    {
        var (province, stale, made) = await Made(kind);
        var other = await province.Start();
        await other.Self(Person.Id(1)).WithdrawPresentation(PresentationTests.Read(made).Id);

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => stale.Presentations.Show(PresentationTests.Attempt(made)));
        Assert.Equal(Refusals.PresentationUnknown, (await stale.Presentations.Show(PresentationTests.Attempt(made))).Refusal);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.PresentationMade, LedgerKinds.PresentationWithdrawn], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_code_whose_making_was_cut_off_is_had_by_the_same_operation(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var crashing = await province.Start();
        crashing.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => crashing.Self(Person.Id(1)).MakePresentation(Person.Present("key")));
        await crashing.Stop();
        var silo = await province.Start();

        var made = await silo.Self(Person.Id(1)).MakePresentation(Person.Present("key"));

        Assert.Null((await silo.Presentations.Show(PresentationTests.Attempt(made))).Refusal);
        Assert.Equal(Shown, await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_failed_state_write_shows_nothing(DatabaseKind kind)
    {
        var (province, silo, made) = await Made(kind);
        await province.BreakRecordWrites();

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => silo.Presentations.Show(PresentationTests.Attempt(made)));
        Assert.Equal(PresentationState.Waiting, PresentationTests.Read(await silo.Self(Person.Id(1)).GetPresentation(PresentationTests.Read(made).Id)).State);

        await province.RepairRecordWrites();
        Assert.Null((await silo.Presentations.Show(PresentationTests.Attempt(made))).Refusal);
        Assert.Equal(Shown, await province.Kinds(Person.Id(1)));
    }

    private async Task<(Province Province, TestSilo Silo, PresentationAnswer Made)> Made(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start();
        return (province, silo, await silo.Self(Person.Id(1)).MakePresentation(Person.Present("key")));
    }
}
