using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A request and its decision happen once or not at all, whatever fails and however many activations there are.</summary>
public sealed class ConsentRequestDurabilityTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task A_crash_between_state_write_and_append_is_repaired_before_the_request_is_seen(DatabaseKind kind)
    {
        var (province, crashing) = await OneCitizen(kind);
        crashing.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Ask(crashing));
        await crashing.Stop();
        Assert.Equal([LedgerKinds.RecordImported], await province.Kinds(Person.Id(1)));

        var silo = await province.Start();
        var asked = await Ask(silo);

        Assert.Equal(asked.Id, (await province.Ledger(Person.Id(1)))[1].Id);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_crash_after_a_decision_was_written_is_repaired_and_the_decision_stands_once(DatabaseKind kind)
    {
        var (province, crashing) = await OneCitizen(kind);
        var asked = await Ask(crashing);
        var decision = await Decision(crashing, asked.Id);
        crashing.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => crashing.Self(Person.Id(1)).DecideRequest(decision));
        await crashing.Stop();

        var silo = await province.Start();
        Assert.Equal(Outcome.Permitted, (await silo.Sector(Person.Id(1)).Disclose(Person.Call())).Outcome);
        Assert.Null((await silo.Self(Person.Id(1)).DecideRequest(decision)).Refusal);

        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.ConsentRequested, LedgerKinds.ConsentGranted, LedgerKinds.Disclosure],
            await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_lost_append_is_not_acknowledged_and_asking_again_finds_it(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        silo.Faults.Append = async (_, append) =>
        {
            await append();
            throw new IOException("The cable is out.");
        };
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => Ask(silo));
        silo.Faults.Append = null;

        await Ask(silo);

        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_failed_state_write_leaves_no_request_and_no_decision(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var asked = await Ask(silo);
        var decision = await Decision(silo, asked.Id);
        await province.BreakRecordWrites();

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("other")));
        await Retry.Refuses(TryAgainException.RecordUnavailable, () => silo.Self(Person.Id(1)).DecideRequest(decision));
        await Retry.Refuses(TryAgainException.RecordUnavailable, () => silo.Desk.Cancel(Person.System, asked.Id));

        Assert.Equal(ConsentRequestState.Waiting, DomainJson.Read<ConsentRequest>(Assert.Single(await silo.Self(Person.Id(1)).GetRequests())).State);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
        await province.RepairRecordWrites();
    }

    [Theory, EachDatabase]
    public async Task Of_two_activations_one_decides_and_the_other_learns_of_it(DatabaseKind kind)
    {
        var (province, first) = await OneCitizen(kind);
        var second = await province.Start();
        var asked = await Ask(first);
        var granting = await Decision(first, asked.Id);
        var refusing = (await Decision(second, asked.Id)) with { OperationKey = "no", Granted = false, Targets = [] };

        await first.Self(Person.Id(1)).DecideRequest(granting);

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => second.Self(Person.Id(1)).DecideRequest(refusing));
        Assert.Equal(Refusals.RequestDecided, (await second.Self(Person.Id(1)).DecideRequest(refusing)).Refusal);
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested, LedgerKinds.ConsentGranted], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_request_is_not_granted_by_an_activation_that_has_not_seen_it(DatabaseKind kind)
    {
        var (province, stale) = await OneCitizen(kind);
        var other = await province.Start();
        var asked = await Ask(stale);
        var decision = await Decision(stale, asked.Id);

        await other.Desk.Cancel(Person.System, asked.Id);

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => stale.Self(Person.Id(1)).DecideRequest(decision));
        Assert.Equal(Refusals.RequestDecided, (await stale.Self(Person.Id(1)).DecideRequest(decision)).Refusal);
        Assert.Equal(Reason.ConsentMissing, (await stale.Sector(Person.Id(1)).Disclose(Person.Call())).Targets[0].Reason);
        Assert.Equal(LedgerKinds.ConsentRequestCancelled, (await province.Kinds(Person.Id(1)))[2]);
    }

    [Theory, EachDatabase]
    public async Task One_operation_at_two_activations_at_once_asks_once(DatabaseKind kind)
    {
        var (province, first) = await OneCitizen(kind);
        var second = await province.Start();

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(index =>
            Retry.Again(() => (index % 2 == 0 ? first : second).Sector(Person.Id(1)).RequestConsent(Person.Ask("ask")))));

        Assert.Single(asked.Distinct());
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task What_an_activation_has_not_seen_of_a_request_it_does_not_tell(DatabaseKind kind)
    {
        var (province, stale) = await OneCitizen(kind);
        var other = await province.Start();
        var asked = await Ask(stale);
        await other.Self(Person.Id(1)).DecideRequest(await Decision(other, asked.Id));

        await Retry.Refuses(TryAgainException.LedgerMoved, () => stale.Sector(Person.Id(1)).GetConsentRequest(Person.System, asked.Id));
        Assert.Equal(
            ConsentRequestState.Granted,
            DomainJson.Read<ConsentRequest>((await stale.Sector(Person.Id(1)).GetConsentRequest(Person.System, asked.Id)).Request!).State);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start());
    }

    private static async Task<ConsentRequest> Ask(TestSilo silo) =>
        DomainJson.Read<ConsentRequest>((await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"))).Request!);

    private static async Task<RequestDecisionCall> Decision(TestSilo silo, Guid request) =>
        ConsentRequestTests.Grant("yes", request, await silo.Self(Person.Id(1)).DescribeRequest(request, "vi"), Person.Name);
}
