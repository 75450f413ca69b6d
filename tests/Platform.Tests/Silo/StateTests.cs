using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What is not stored is never seen, and what is stored reaches the ledger before anything else does.</summary>
public sealed class StateTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly Consent _consent = Person.Consent();

    [Theory, EachDatabase]
    public async Task A_failed_state_write_is_never_visible(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await province.BreakRecordWrites();

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => Withdraw(silo));
        await Retry.Refuses(TryAgainException.RecordUnavailable, () => silo.Self(Person.Id(1)).DecideConsent(Person.Grant("one")));

        Assert.Equal([ConsentState.Granted], (await Record(silo)).Consents.Select(consent => consent.State));
        Assert.Equal(Outcome.Permitted, (await Disclose(silo)).Outcome);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.Disclosure], await province.Kinds(Person.Id(1)));

        await province.RepairRecordWrites();
        await Withdraw(silo);
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(silo)).Targets[0].Reason);
    }

    [Theory, EachDatabase]
    public async Task A_state_write_whose_confirmation_is_lost_is_completed_before_anything_is_served(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        silo.Faults.RecordWritten = () => throw new IOException("The cable is out.");
        await Retry.Refuses(TryAgainException.RecordUnavailable, () => Withdraw(silo));
        silo.Faults.RecordWritten = null;

        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(silo)).Targets[0].Reason);

        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentWithdrawn, LedgerKinds.Disclosure], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_crash_between_state_write_and_append_is_repaired_before_anything_is_served(DatabaseKind kind)
    {
        var (province, crashing) = await OneCitizen(kind);
        await Disclose(crashing);
        crashing.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Withdraw(crashing));
        await crashing.Stop();

        var silo = await province.Start();
        silo.Faults.Append = (_, _) => throw new IOException("Not yet.");
        await Assert.ThrowsAsync<TryAgainException>(() => Disclose(silo));
        Assert.Equal(2, (await province.Kinds(Person.Id(1))).Count);

        silo.Faults.Append = null;
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(silo)).Targets[0].Reason);
        await Withdraw(silo);
        await silo.Stop();
        await Disclose(await province.Start());
        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.Disclosure, LedgerKinds.ConsentWithdrawn, LedgerKinds.Disclosure, LedgerKinds.Disclosure],
            await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_pending_entry_whose_place_was_taken_is_appended_at_the_new_head(DatabaseKind kind)
    {
        var (province, changing) = await OneCitizen(kind);
        var other = await province.Start();
        await Disclose(other);
        changing.Faults.Append = async (_, append) =>
        {
            changing.Faults.Append = null;
            await Disclose(other);
            return await append();
        };

        // The first try reads a record and a head that are both current, then loses the place to the other activation.
        await Retry.Refuses(TryAgainException.LedgerMoved, () => Withdraw(changing));
        Assert.DoesNotContain(LedgerKinds.ConsentWithdrawn, await province.Kinds(Person.Id(1)));
        await Withdraw(changing);

        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.Disclosure, LedgerKinds.Disclosure, LedgerKinds.ConsentWithdrawn],
            await province.Kinds(Person.Id(1)));
        await Retry.Refuses(TryAgainException.LedgerMoved, () => Disclose(other));
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(other)).Targets[0].Reason);
    }

    [Theory, EachDatabase]
    public async Task A_restart_keeps_everything(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("two") with { LimitCount = 5, LimitPer = Period.Month });
        await silo.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(7)));
        await Disclose(silo);
        var record = await silo.Self(Person.Id(1)).GetRecord();
        var page = await silo.Self(Person.Id(1)).GetLedger(0, 500);
        await silo.Stop();

        var restarted = await province.Start();

        Assert.Equal(record, await restarted.Self(Person.Id(1)).GetRecord());
        var kept = await restarted.Self(Person.Id(1)).GetLedger(0, 500);
        Assert.Equal(4, kept.HeadSeq);
        Assert.Equal(page.Entries, kept.Entries);
        Assert.Equal(5, (await Disclose(restarted)).LedgerSeq);
    }

    [Theory, EachDatabase]
    public async Task What_an_activation_has_not_seen_it_does_not_deny(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var stale = await province.Start();
        await Record(stale);
        var granted = DomainJson.Read<Consent>((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("one"))).Consent!);

        await Retry.Refuses(TryAgainException.LedgerMoved, () => stale.Self(Person.Id(1)).WithdrawConsent(granted.Id));

        Assert.Null((await stale.Self(Person.Id(1)).WithdrawConsent(granted.Id)).Refusal);
        await Retry.Refuses(TryAgainException.LedgerMoved, () => silo.Self(Person.Id(1)).GetRecord());
        Assert.Equal(ConsentState.Withdrawn, (await Record(silo)).Consents[1].State);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, _consent));
        return (province, await province.Start());
    }

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => silo.Sector(Person.Id(1)).Disclose(Person.Call());

    private Task<ConsentAnswer> Withdraw(TestSilo silo) => silo.Self(Person.Id(1)).WithdrawConsent(_consent.Id);

    private static async Task<CitizenRecord> Record(TestSilo silo) =>
        DomainJson.Read<CitizenRecord>((await silo.Self(Person.Id(1)).GetRecord())!);
}
