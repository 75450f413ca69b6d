using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Tests.Domain.Sharing;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What lies in the database can be read without the platform: a row of plain JSON, a hash that anybody can compute.</summary>
public sealed class StoredFormatTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly Guid Fixed = new("01980000-0000-7000-8000-000000000002");

    [Fact]
    public void An_entry_is_hashed_as_ever()
    {
        var draft = new EntryDraft { Id = Fixed, Kind = LedgerKinds.Disclosure, At = Some.Now, Tag = "system purpose", Body = "{\"name\":\"Nguyễn\"}" };
        var entry = LedgerEntry.Extend(new LedgerHead(6, new byte[32]), Person.Id(1).Reveal(), draft);

        // Computed from the documented encoding by other means than this code.
        Assert.Equal("3c8b1fc7737565122ec3adc976a27d712d96199d49c812699ae6616fcdbd26f0", Convert.ToHexStringLower(entry.Hash.Span));
    }

    [Theory, EachDatabase]
    public async Task The_row_of_a_record_is_plain_JSON_under_the_personal_ID(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start();
        var consent = DomainJson.Read<Consent>((await silo.Self(Person.Id(1)).DecideConsent(Person.Grant("key"))).Consent!);

        var payload = (byte[])(await province.Scalar(
            "SELECT payload FROM grain_state WHERE service_id = 'platform' AND grain_type = 'record' AND grain_key = @key AND version = 2",
            ("key", Person.Id(1).Reveal())))!;

        var state = DomainJson.Read<CitizenState>(System.Text.Encoding.UTF8.GetString(payload));
        Assert.Equal(consent.Id, Assert.Single(state.Record!.Consents).Id);
        Assert.Equal((await province.Ledger(Person.Id(1)))[1].Id, Assert.Single(state.Pending).Id);
        Assert.Equal("key", Assert.Single(state.Operations).Key);
    }
}
