using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class MeTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly Provenance Population = new() { Source = "population", AsOf = Answers.At, Version = 1 };

    static readonly CitizenRecord Record = new()
    {
        PersonalId = PersonalId.Parse(ApiServer.Person),
        Attributes =
        [
            new SourcedAttributes
            {
                Provenance = Population,
                Values = AttributeValues.From([new("profile.fullName", "Nguyễn Thị Hòa"), new("household.memberCount", "4"), new("profile.religion", "01")]),
            },
        ],
        Documents =
        [
            new Document
            {
                Kind = "drivingLicence",
                Number = "66012345",
                Issuer = "Công an tỉnh",
                ValidTo = new DateOnly(2020, 1, 1),
                Provenance = Population with { Source = "driving-licence", Version = 5 },
                Values = AttributeValues.From([new("points", "12")]),
            },
        ],
    };

    readonly ApiServer _server = fixture.Fresh();

    [Fact]
    public async Task A_citizen_sees_what_is_held_by_group_with_labels_sources_and_sensitivity()
    {
        Hold(Record);

        var me = (await _server.Get("/v1/me", Token)).AssertOk();

        Assert.Equal(ApiServer.Person, _server.Grains.Last.Key);
        Assert.Equal("active", me.GetProperty("status").GetString());
        Assert.Equal(["profile", "residence", "household"], me.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("key").GetString()));
        var profile = me.GetProperty("groups")[0].GetProperty("attributes");
        Assert.Equal(["profile.fullName", "profile.religion"], profile.EnumerateArray().Select(attribute => attribute.GetProperty("path").GetString()));
        Assert.Equal("Nguyễn Thị Hòa", profile[0].GetProperty("value").GetString());
        Assert.Equal("basic", profile[0].GetProperty("sensitivity").GetString());
        Assert.Equal("sensitive", profile[1].GetProperty("sensitivity").GetString());
        Assert.Equal("Tôn giáo", profile[1].GetProperty("label").GetProperty("vi").GetString());
        Assert.Equal("population", profile[0].GetProperty("source").GetString());
        Assert.Equal(4, me.GetProperty("groups")[2].GetProperty("attributes")[0].GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Documents_have_the_state_of_today()
    {
        Hold(Record);

        var document = (await _server.Get("/v1/me/documents", Token)).AssertOk()[0];

        Assert.Equal("expired", document.GetProperty("state").GetString());
        Assert.Equal("Giấy phép lái xe", document.GetProperty("label").GetProperty("vi").GetString());
        Assert.Equal(5, document.GetProperty("issuerVersion").GetInt64());
        Assert.Equal(12, document.GetProperty("attributes")[0].GetProperty("value").GetInt32());
    }

    [Theory]
    [InlineData("/v1/me")]
    [InlineData("/v1/me/documents")]
    public async Task Of_an_unknown_citizen_there_is_nothing_to_see(string path)
    {
        Hold(null);

        (await _server.Get(path, Token)).AssertRefused(404, "citizen.unknown");
    }

    [Fact]
    public async Task The_ledger_comes_as_it_was_hashed_with_disclosures_explained()
    {
        var decision = new Decision
        {
            Outcome = Outcome.Denied,
            RuleBook = 1,
            Targets = [new TargetDecision { Target = "age.atLeast(18)", Released = false, Reason = Reason.ConsentMissing }],
        };
        var body = DomainJson.Write(new { request = new { }, decision });
        var entry = LedgerEntry.Extend(LedgerHead.Empty, ApiServer.Person, new EntryDraft
        {
            Id = Guid.NewGuid(),
            Kind = LedgerKinds.Disclosure,
            At = Answers.At.AddTicks(1230),
            Body = body,
        });
        _server.Grains.On<ICitizenSelf, LedgerPage>("GetLedger", _ => new LedgerPage { HeadSeq = 9, Entries = [View(entry)] });

        var page = (await _server.Get("/v1/me/ledger?after=0&count=1", Token)).AssertOk();

        var told = page.GetProperty("entries")[0];
        Assert.Equal(9, page.GetProperty("headSeq").GetInt64());
        Assert.Contains("chưa đồng ý", told.GetProperty("explanation")[0].GetProperty("vi").GetString()!, StringComparison.Ordinal);

        // What the citizen gets is enough to compute the hash.
        var hash = LedgerEntry.ComputeHash(
            ApiServer.Person,
            told.GetProperty("seq").GetInt64(),
            told.GetProperty("id").GetGuid(),
            told.GetProperty("kind").GetString()!,
            told.GetProperty("at").GetDateTimeOffset(),
            told.GetProperty("tag").GetString()!,
            told.GetProperty("body").GetString()!,
            Convert.FromHexString(told.GetProperty("prevHash").GetString()!));
        Assert.Equal(Convert.ToHexStringLower(hash), told.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_page_of_the_ledger_begins_and_ends_where_it_is_asked_to()
    {
        _server.Grains.On<ICitizenSelf, LedgerPage>("GetLedger", _ => new LedgerPage { HeadSeq = 0, Entries = [] });

        (await _server.Get("/v1/me/ledger", Token)).AssertOk();
        Assert.Equal([0L, 100], _server.Grains.Last.Arguments);
        (await _server.Get("/v1/me/ledger?after=40&count=500", Token)).AssertOk();
        Assert.Equal([40L, 500], _server.Grains.Last.Arguments);
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("count=0")]
    [InlineData("count=501")]
    [InlineData("after=x")]
    [InlineData("after=99999999999999999999")]
    public async Task A_page_that_cannot_be_is_refused(string query) =>
        (await _server.Get($"/v1/me/ledger?{query}", Token)).AssertRefused(400, "request.parameter-malformed");

    string Token => _server.CitizenToken("me.read");

    void Hold(CitizenRecord? record) => _server.Grains.On<ICitizenSelf, string?>("GetRecord", _ => record is null ? null : DomainJson.Write(record));

    static LedgerEntryView View(LedgerEntry entry) => new()
    {
        Seq = entry.Seq,
        Id = entry.Id,
        Kind = entry.Kind,
        At = entry.At,
        Tag = entry.Tag,
        Body = entry.Body,
        PrevHash = Convert.ToHexStringLower(entry.PrevHash.Span),
        Hash = Convert.ToHexStringLower(entry.Hash.Span),
    };
}
