using System.Collections.Immutable;
using System.Text.Json;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class AccessListTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly AccessEntry Asked = new()
    {
        Seq = 12,
        Id = Guid.NewGuid(),
        At = Answers.At,
        Source = Source(AccessKind.Disclosure, "insurance"),
        Outcome = Outcome.PartlyPermitted,
        Purpose = "health-insurance.renewal",
        CaseReference = "H16.12-260302-0042",
        OfficialRole = "insurance-officer",
        OfficialUnit = "Bộ phận một cửa",
        Targets = [Answers.Released("profile.fullName"), Answers.Denied("age.atLeast(18)", Reason.ConsentMissing)],
        Asked = Guid.NewGuid(),
    };

    static readonly AccessEntry LoggedIn = new()
    {
        Seq = 11,
        Id = Guid.NewGuid(),
        At = Answers.At.AddDays(-1),
        Source = Source(AccessKind.IdentityReleased, "bank"),
        SourceName = "Ngân hàng số",
        Outcome = Outcome.Permitted,
        Shown = ["name", "personal_id"],
    };

    readonly ApiServer _server = WithBook(fixture.Fresh());

    [Fact]
    public async Task An_access_tells_who_why_on_which_ground_and_what_became_of_each_thing()
    {
        _server.Grains.On<ICitizenHistory, AccessEntry?>("FindAccess", call => call.Argument<Guid>() == Asked.Id ? Asked : null);

        var access = (await _server.Get($"/v1/me/accesses/{Asked.Id}", Token)).AssertOk();

        Assert.Equal(ApiServer.Person, _server.Grains.Calls.First(call => call.Method == "FindAccess").Key);
        Assert.Equal(("disclosure", "partlyPermitted", 12), (Text(access, "kind"), Text(access, "outcome"), access.GetProperty("seq").GetInt32()));
        Assert.Equal(("bhxh-tinh", "insurance"), (Text(access, "organisation", "key"), Text(access, "system", "key")));
        Assert.StartsWith("Bảo hiểm xã hội tỉnh", Text(access, "organisation", "label", "vi"), StringComparison.Ordinal);
        Assert.Equal("Gia hạn thẻ bảo hiểm y tế hộ gia đình", Text(access, "purpose", "label", "vi"));
        Assert.StartsWith("Phục vụ hoạt động của cơ quan nhà nước theo luật chuyên ngành, ", Text(access, "ground", "vi"), StringComparison.Ordinal);
        Assert.Equal(("insurance-officer", "Bộ phận một cửa"), (Text(access, "official", "role"), Text(access, "official", "unit")));
        Assert.Equal(Asked.Asked, access.GetProperty("asked").GetGuid());
        var targets = access.GetProperty("targets");
        Assert.Equal((true, false), (targets[0].GetProperty("released").GetBoolean(), targets[1].GetProperty("released").GetBoolean()));
        Assert.Contains("chưa đồng ý", Text(targets[1], "explanation", "vi"), StringComparison.Ordinal);
        Assert.Contains("no consent", Text(targets[1], "explanation", "en"), StringComparison.Ordinal);
        (await _server.Get($"/v1/me/accesses/{Guid.NewGuid()}", Token)).AssertRefused(404, "access.unknown");
        (await _server.Get("/v1/me/accesses/1", Token)).AssertRefused(400, "request.parameter-malformed");
    }

    [Fact]
    public async Task A_login_is_told_by_the_name_that_the_citizen_saw_and_never_as_an_organisation_of_the_same_key()
    {
        _server.Grains.On<ICitizenHistory, AccessPage>("GetAccesses", _ => new AccessPage { Entries = [LoggedIn, LoggedIn with { Source = Source(AccessKind.PresentationShown, "") }], Next = 11 });

        var list = (await _server.Get("/v1/me/accesses", Token)).AssertOk();

        var access = list.GetProperty("items")[0];
        Assert.Equal(11, list.GetProperty("next").GetInt64());
        Assert.Equal(("identityReleased", "client:bank", "Ngân hàng số"), (Text(access, "kind"), Text(access, "organisation", "key"), Text(access, "organisation", "label", "vi")));
        Assert.Equal(["Họ, chữ đệm và tên khai sinh", "Số định danh cá nhân"], access.GetProperty("targets").EnumerateArray().Select(target => Text(target, "label", "vi")));
        Assert.All(new[] { "purpose", "ground", "official", "caseReference", "asked" }, member => Assert.Equal(JsonValueKind.Null, access.GetProperty(member).ValueKind));
        Assert.Equal(("presentation", "Người bạn cho xem"), (Text(list.GetProperty("items")[1], "organisation", "key"), Text(list.GetProperty("items")[1], "organisation", "label", "vi")));
    }

    [Fact]
    public async Task Filters_reach_the_grain_in_its_own_terms()
    {
        _server.Grains.On<ICitizenHistory, AccessPage>("GetAccesses", _ => new AccessPage { Entries = [] });

        (await _server.Get("/v1/me/accesses?before=40&count=200&month=2026-02&organisation=cong-an-tinh&outcome=partlyPermitted", Token)).AssertOk();
        var query = Query();
        Assert.Equal((40L, 200, Outcome.PartlyPermitted), (query.Before, query.Count, query.Outcome));
        Assert.Equal((At("2026-01-31T17:00:00Z"), At("2026-02-28T17:00:00Z")), (query.From, query.To));
        Assert.Equal(["driving-licence", "residence", "vehicle-registration"], query.Sources.Select(source => source.Id).Order());

        Assert.Equal([Source(AccessKind.IdentityReleased, "bank")], await Sources("client:bank"));
        Assert.Equal([Source(AccessKind.PresentationShown, "")], await Sources("presentation"));
        Assert.Equal([Source(AccessKind.Disclosure, "gone")], await Sources("gone"));
    }

    [Theory]
    [InlineData("before=0")]
    [InlineData("before=x")]
    [InlineData("count=0")]
    [InlineData("count=201")]
    [InlineData("month=2026-13")]
    [InlineData("month=2026-1")]
    [InlineData("month=0000-01")]
    [InlineData("month=")]
    [InlineData("organisation=")]
    [InlineData("outcome=Denied")]
    [InlineData("outcome=3")]
    [InlineData("outcome=")]
    public async Task A_filter_that_cannot_be_is_refused_and_asks_nobody(string query)
    {
        (await _server.Get($"/v1/me/accesses?{query}", Token)).AssertRefused(400, "request.parameter-malformed");
        Assert.Empty(_server.Grains.Calls);
    }

    [Fact]
    public async Task The_last_month_that_a_calendar_has_is_no_fault() => (await _server.Get("/v1/me/accesses?month=9999-12", Token)).AssertRefused(400, "request.parameter-malformed");

    [Fact]
    public async Task The_summary_adds_up_by_month_and_by_organisation()
    {
        _server.Grains.On<ICitizenHistory, ImmutableArray<AccessTally>>("CountAccesses", _ =>
        [
            Tally("2026-03", "driving-licence", Outcome.Denied, 2, 9),
            Tally("2026-03", "residence", Outcome.Permitted, 3, 12),
            Tally("2026-02", "bank", Outcome.PartlyPermitted, 4, 1),
            .. Enumerable.Range(0, 40).Select(month => Tally($"20{10 + (month / 12)}-{(month % 12) + 1:D2}", "bank", Outcome.Permitted, 1, -month)),
        ]);

        var summary = (await _server.Get("/v1/me/accesses/summary", Token)).AssertOk();

        Assert.Equal((49, 2), (summary.GetProperty("total").GetInt32(), summary.GetProperty("denied").GetInt32()));
        var months = summary.GetProperty("months");
        Assert.Equal(36, months.GetArrayLength());
        Assert.Equal(
            ("2026-03", 3, 0, 2),
            (Text(months[0], "month"), months[0].GetProperty("permitted").GetInt32(), months[0].GetProperty("partlyPermitted").GetInt32(), months[0].GetProperty("denied").GetInt32()));
        var organisations = summary.GetProperty("organisations");
        Assert.Equal(["cong-an-tinh", "ngan-hang"], organisations.EnumerateArray().Select(item => Text(item, "organisation", "key")));
        Assert.Equal((5, 2), (organisations[0].GetProperty("count").GetInt32(), organisations[0].GetProperty("denied").GetInt32()));
        Assert.Equal("2026-03-14T02:15:00Z", Text(organisations[0], "lastAt"));
    }

    string Token => _server.CitizenToken("me.read");

    AccessQuery Query() => _server.Grains.Calls.Last(call => call.Method == "GetAccesses").Argument<AccessQuery>();

    async Task<ImmutableArray<AccessSource>> Sources(string organisation)
    {
        (await _server.Get($"/v1/me/accesses?organisation={organisation}", Token)).AssertOk();
        return Query().Sources;
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static AccessSource Source(AccessKind kind, string id) => new() { Kind = kind, Id = id };

    static AccessTally Tally(string month, string system, Outcome outcome, int count, int day) => new()
    {
        Month = month,
        Source = Source(AccessKind.Disclosure, system),
        Outcome = outcome,
        Count = count,
        LastAt = Answers.At.AddDays(day),
    };

    static string Text(JsonElement element, params string[] path) => path.Aggregate(element, (node, name) => node.GetProperty(name)).GetString()!;

    static ApiServer WithBook(ApiServer server)
    {
        server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => new RuleBookView
        {
            Number = 1,
            State = RuleBookState.Published,
            DraftedBy = "staff-1",
            Book = DomainJson.Write(RuleBook.Shipped),
        });
        return server;
    }
}
