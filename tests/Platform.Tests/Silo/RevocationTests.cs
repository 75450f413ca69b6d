using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Once a revocation is acknowledged, nothing that starts later is released on the consent, whoever still believes in it.</summary>
public sealed class RevocationTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly Consent _consent = Person.Consent();

    [Theory, EachDatabase]
    public async Task A_revoked_consent_refuses_the_next_read(DatabaseKind kind)
    {
        var (_, _, silo) = await TwoActivations(kind);

        var withdrawn = await Withdraw(silo);
        var after = await Disclose(silo);

        Assert.Equal(ConsentState.Withdrawn, DomainJson.Read<Consent>(withdrawn.Consent!).State);
        Assert.Equal((Outcome.Denied, Reason.ConsentWithdrawn), (after.Outcome, after.Targets[0].Reason));
        Assert.Empty(after.Targets[0].Values);
    }

    [Theory, EachDatabase]
    public async Task A_second_live_activation_releases_nothing_after_a_revocation(DatabaseKind kind)
    {
        var (province, stale, revoking) = await TwoActivations(kind);

        await Withdraw(revoking);

        await Retry.Refuses(TryAgainException.LedgerMoved, () => Disclose(stale));
        var after = await Disclose(stale);
        Assert.Equal((Outcome.Denied, Reason.ConsentWithdrawn), (after.Outcome, after.Targets[0].Reason));
        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.Disclosure, LedgerKinds.Disclosure, LedgerKinds.ConsentWithdrawn, LedgerKinds.Disclosure],
            await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task The_activation_that_appended_last_releases_nothing_after_a_revocation_either(DatabaseKind kind)
    {
        var (province, revoking, stale) = await TwoActivations(kind);

        // The revocation loses its place first, so it is not acknowledged, and what the other activation releases until then is lawful.
        await Retry.Refuses(TryAgainException.LedgerMoved, () => Withdraw(revoking));
        Assert.Equal(Outcome.Permitted, (await Disclose(stale)).Outcome);
        await Withdraw(revoking);

        await Retry.Refuses(TryAgainException.LedgerMoved, () => Disclose(stale));
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(stale)).Targets[0].Reason);
        Assert.Equal(1, (await province.Kinds(Person.Id(1))).Count(kind => kind == LedgerKinds.ConsentWithdrawn));
    }

    [Theory, EachDatabase]
    public async Task A_second_live_activation_releases_no_outdated_document(DatabaseKind kind)
    {
        var (_, stale, changing) = await TwoActivations(kind);
        var card = Person.Card(2) with { ValidTo = new DateOnly(2031, 12, 31) };

        Assert.True((await changing.Source(Person.Id(1)).PutDocument(Person.Put(card))).Changed);

        await Retry.Refuses(TryAgainException.LedgerMoved, () => stale.Sector(Person.Id(1)).Disclose(Card()));
        Assert.Equal("2031-12-31", (await stale.Sector(Person.Id(1)).Disclose(Card())).Targets[0].Values[0].Text);
    }

    [Theory, EachDatabase]
    public async Task A_revocation_between_reading_the_record_and_opening_the_ledger_is_seen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, _consent));
        var revoking = await province.Start();
        var activating = await province.Start();
        activating.Faults.RecordRead = async () =>
        {
            activating.Faults.RecordRead = null;
            await Withdraw(revoking);
        };

        var answer = await Retry.Again(() => Disclose(activating));

        Assert.Null(activating.Faults.RecordRead);
        Assert.Equal((Outcome.Denied, Reason.ConsentWithdrawn), (answer.Outcome, answer.Targets[0].Reason));
    }

    [Theory, EachDatabase]
    public async Task A_stale_activation_cannot_write_over_a_revocation(DatabaseKind kind)
    {
        var (province, stale, revoking) = await TwoActivations(kind);

        await Withdraw(revoking);

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => stale.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2))));
        Assert.True((await stale.Source(Person.Id(1)).PutDocument(Person.Put(Person.Card(2)))).Changed);
        Assert.Equal(Reason.ConsentWithdrawn, (await Disclose(stale)).Targets[0].Reason);
        Assert.Equal(1, (await province.Kinds(Person.Id(1))).Count(kind => kind == LedgerKinds.DocumentPut));
    }

    /// <summary>The first silo has appended first and the second last.</summary>
    private async Task<(Province Province, TestSilo First, TestSilo Second)> TwoActivations(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1, _consent));
        var first = await province.Start();
        var second = await province.Start();
        Assert.Equal("NGUYỄN VĂN 1", (await Disclose(first)).Targets[0].Values[0].Text);
        Assert.Equal("NGUYỄN VĂN 1", (await Disclose(second)).Targets[0].Values[0].Text);
        return (province, first, second);
    }

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => silo.Sector(Person.Id(1)).Disclose(Person.Call());

    private Task<ConsentAnswer> Withdraw(TestSilo silo) => silo.Self(Person.Id(1)).WithdrawConsent(_consent.Id);

    private static DisclosureCall Card() => Person.Renewal("document.healthInsurance.validTo");
}
