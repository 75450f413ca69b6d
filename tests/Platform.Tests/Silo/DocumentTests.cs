using Platform.Contracts;
using Platform.Domain.Ledger;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A source may push its own kinds of documents, forward in version only.</summary>
public sealed class DocumentTests(PostgresServer postgres) : KernelTest(postgres)
{
    [Theory, EachDatabase]
    public async Task Versions_only_go_forward_and_the_same_one_changes_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var source = silo.Source(Person.Id(1));
        var renewed = Person.Card(5) with { ValidTo = new DateOnly(2030, 12, 31) };

        Assert.Equal(Answer(true, 5), await source.PutDocument(Person.Put(renewed)));
        Assert.Equal(Answer(false, 5), await source.PutDocument(Person.Put(renewed)));
        Assert.Equal(Answer(false, 5, Refusals.DocumentVersionOld), await source.PutDocument(Person.Put(Person.Card(4))));
        Assert.Equal(Answer(false, 5, Refusals.DocumentVersionConflict), await source.PutDocument(Person.Put(Person.Card(5))));
        Assert.Equal(Answer(true, 1), await source.PutDocument(Person.Put(Person.Card(1) with { Number = "HT3676720000002" })));

        Assert.Equal(
            [LedgerKinds.RecordImported, LedgerKinds.DocumentPut, LedgerKinds.DocumentPut],
            await province.Kinds(Person.Id(1)));
        var answer = await silo.Sector(Person.Id(1)).Disclose(Person.Renewal("document.healthInsurance.validTo"));
        Assert.Equal(["2026-12-31", "2030-12-31"], answer.Targets[0].Values.Select(value => value.Text).Order());
    }

    [Theory, EachDatabase]
    public async Task Only_its_source_may_push_a_kind_and_only_while_it_is_not_suspended(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var source = silo.Source(Person.Id(1));

        Assert.Equal(Refusals.DocumentNotYours, (await source.PutDocument(Person.Put(Person.Card(2), "tax"))).Refusal);
        Assert.Equal(Refusals.DocumentNotYours, (await source.PutDocument(Person.Put(Person.Card(2), "nobody"))).Refusal);
        Assert.Equal(Refusals.DocumentNotYours, (await source.PutDocument(Person.Put(Person.Card(2) with { Kind = "taxCode" }))).Refusal);
        await silo.Rules.Suspend("insurance", "Bình", "Sự cố an ninh");
        Assert.Equal(Refusals.DocumentNotYours, (await source.PutDocument(Person.Put(Person.Card(2)))).Refusal);
        await silo.Rules.Resume("insurance", "Bình", "Đã khắc phục");
        Assert.True((await source.PutDocument(Person.Put(Person.Card(2)))).Changed);

        Assert.Equal([LedgerKinds.RecordImported, LedgerKinds.DocumentPut], await province.Kinds(Person.Id(1)));
    }

    [Theory, EachDatabase]
    public async Task A_document_of_an_unknown_citizen_is_refused(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);

        Assert.Equal(Refusals.CitizenUnknown, (await silo.Source(Person.Id(9)).PutDocument(Person.Put(Person.Card(1)))).Refusal);

        Assert.Empty(await province.Ledger(Person.Id(9)));
    }

    [Fact]
    public async Task More_documents_than_a_record_holds_are_refused()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        var source = silo.Source(Person.Id(1));
        for (var number = 1; number < 100; number++)
        {
            Assert.True((await source.PutDocument(Person.Put(Person.Card(1) with { Number = $"HT{number}" }))).Changed);
        }

        Assert.Equal(Refusals.DocumentsTooMany, (await source.PutDocument(Person.Put(Person.Card(1) with { Number = "HT100" }))).Refusal);
        Assert.True((await source.PutDocument(Person.Put(Person.Card(2) with { Number = "HT99" }))).Changed);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start());
    }

    private static PutDocumentAnswer Answer(bool changed, long version, string? refusal = null) =>
        new() { Changed = changed, HeldVersion = version, Refusal = refusal };

    [Theory, EachDatabase]
    public async Task The_number_of_a_document_goes_along_only_where_it_is_released_itself(DatabaseKind kind)
    {
        const string Level = "document.healthInsurance.benefitLevel";
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start();

        var without = await silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Level));
        var with = await silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Level, "document.healthInsurance.number"));

        Assert.Null(Assert.Single(without.Targets[0].Values).Document);
        Assert.Equal(Person.Card(1).Number, Assert.Single(with.Targets[0].Values).Document);
    }
}
