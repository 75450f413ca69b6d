using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Whoever asks about a person without a record is refused and recorded; the record that comes later continues that ledger.</summary>
public sealed class UnknownSubjectTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task Asking_about_nobody_is_denied_and_recorded(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var silo = await province.Start();

        var answer = await silo.Sector(Person.Id(1)).Disclose(Person.Call("identity.matches(Nguyễn Văn 1;1985-03-02)"));

        Assert.Equal((Outcome.Denied, Reason.SubjectUnknown, 1), (answer.Outcome, answer.Targets[0].Reason, answer.LedgerSeq));
        Assert.Equal(answer.Id, Assert.Single(await province.Ledger(Person.Id(1))).Id);
    }

    [Theory, EachDatabase]
    public async Task An_import_continues_the_ledger_and_overtakes_an_activation_that_knew_nobody(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var silo = await province.Start();
        await silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Person.Name));
        await silo.Sector(Person.Id(2)).Disclose(Person.Renewal(Person.Name));
        await silo.Sector(Person.Id(3)).Disclose(Person.Renewal(Person.Name));

        var progress = await province.Import(Person.Record(1), Person.Record(2), Person.Record(3));

        Assert.Equal(3, progress.Imported);
        await Retry.Refuses(TryAgainException.LedgerMoved, () => silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Person.Name)));
        Assert.Equal(Outcome.Permitted, (await silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Person.Name))).Outcome);
        await Retry.Refuses(TryAgainException.LedgerMoved, () => silo.Source(Person.Id(2)).PutDocument(Person.Put(Person.Card(2))));
        Assert.True((await silo.Source(Person.Id(2)).PutDocument(Person.Put(Person.Card(2)))).Changed);
        await Retry.Refuses(TryAgainException.LedgerMoved, () => silo.Self(Person.Id(3)).GetRecord());
        Assert.NotNull(await silo.Self(Person.Id(3)).GetRecord());
        Assert.Equal([LedgerKinds.Disclosure, LedgerKinds.RecordImported, LedgerKinds.Disclosure], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_request_to_nobody_waits_like_any_other_and_is_there_for_the_record_that_comes_later(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(2));
        var silo = await province.Start();

        var toNobody = DomainJson.Read<ConsentRequest>((await silo.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask"))).Request!);
        var toSomebody = DomainJson.Read<ConsentRequest>((await silo.Sector(Person.Id(2)).RequestConsent(Person.Ask("ask"))).Request!);
        Assert.Equal(DomainJson.Write(toSomebody), DomainJson.Write(toNobody with { Id = toSomebody.Id, AskedAt = toSomebody.AskedAt, Until = toSomebody.Until }));
        Assert.Null(await silo.Self(Person.Id(1)).GetRecord());

        var taken = await province.Import(Person.Record(1), Person.Record(2));
        var again = await province.Import(Person.Record(1));

        Assert.Equal((1, 1, 0, 1), (taken.Imported, taken.AlreadyHeld, again.Imported, again.AlreadyHeld));
        Assert.NotNull(await Retry.Again(() => silo.Self(Person.Id(1)).GetRecord()));
        Assert.Equal(toNobody.Id, DomainJson.Read<ConsentRequest>(Assert.Single(await silo.Self(Person.Id(1)).GetRequests())).Id);
        var text = await silo.Self(Person.Id(1)).DescribeRequest(toNobody.Id, "vi");
        Assert.Null((await silo.Self(Person.Id(1)).DecideRequest(ConsentRequestTests.Grant("yes", toNobody.Id, text, Person.Name))).Refusal);
        Assert.Equal([LedgerKinds.ConsentRequested, LedgerKinds.RecordImported, LedgerKinds.ConsentGranted], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_request_that_waits_for_its_repair_survives_the_import_of_its_record(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var crashing = await province.Start();
        crashing.Faults.Append = (_, _) => throw new IOException("The power is out.");
        await Retry.Refuses(TryAgainException.LedgerUnavailable, () => crashing.Sector(Person.Id(1)).RequestConsent(Person.Ask("ask")));
        await crashing.Stop();

        await province.Import(Person.Record(1));
        Assert.Empty((await province.Verify()).Findings);
        var silo = await province.Start();

        Assert.Single(await silo.Self(Person.Id(1)).GetRequests());
        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.ConsentRequested], await province.Kinds(Person.Id(1)));
    }
}
