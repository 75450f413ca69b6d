using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>What a person was told, and what they choose to be told.</summary>
public sealed class NotificationPageTests : IAsyncLifetime
{
    const string List = "GET /v1/me/notifications";
    const string Seen = "POST /v1/me/notifications/seen";
    const string Choices = "PUT /v1/me/notifications/choices";
    const string Access = "0f8fad5b-d9cb-469f-a165-70867728950e";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers(List, Body(
            2,
            Item("2026-11-20T02:00:00.1234567Z", false, "access", Access),
            Item("2026-11-19T02:00:00Z", false, "security", null),
            Item("2026-11-18T02:00:00Z", true, "moon", "x")));
        _place.Api.Answers(Seen, "", 204);
        _place.Api.Answers(Choices, "", 204);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("vi", "Thông báo", "2 thông báo chưa xem.", "Có người xem dữ liệu", "09:00, 20/11/2026", "mới")]
    [InlineData("en", "Notifications", "2 notifications not seen.", "Somebody looked", "20 Nov 2026, 09:00", "new")]
    public async Task It_lists_what_is_new_and_links_to_the_thing(string language, params string[] texts)
    {
        var page = await (await _place.LogIn(language)).Get("/notifications");

        Assert.Equal(texts[0], page.Heading);
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.Contains($"href=\"/accesses/{Access}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/security/history\"", page.Html, StringComparison.Ordinal);
        Assert.Equal(2, page.Html.Split("class=\"tag warn\"").Length - 1);
    }

    [Theory]
    [InlineData("access", "not a guid", "/accesses\"")]
    [InlineData("consent", Access, "/consents/" + Access)]
    [InlineData("request", Access, "/requests/" + Access)]
    [InlineData("document", "healthInsurance", "/documents?kind=healthInsurance\"")]
    [InlineData("document", "//evil.example/&x=\\u0022", "/documents?kind=%2F%2Fevil.example%2F%26x%3D%22\"")]
    [InlineData("document", null, "/documents\"")]
    [InlineData("report", Access, "/reports#r-" + Access + "\"")]
    [InlineData("report", "x", "/reports\"")]
    public async Task A_link_leads_to_a_page_of_this_portal_only(string type, string? id, string address)
    {
        _place.Api.Answers(List, Body(1, Item("2026-11-20T02:00:00Z", false, type, id)));
        var page = await (await _place.LogIn()).Get("/notifications");
        Assert.Contains($"<a href=\"{address}", page.Html.Split("<h1>")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Chưa có thông báo nào.")]
    [InlineData("en", "There is no notification yet.")]
    public async Task Nothing_is_said_to_be_nothing(string language, string text)
    {
        _place.Api.Answers(List, Body(0));
        var page = await (await _place.LogIn(language)).Get("/notifications");
        Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/notifications/seen", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Đã đánh dấu là đã xem.")]
    [InlineData("en", "Marked as seen.")]
    public async Task Marking_as_seen_reaches_to_the_newest_shown_and_no_further(string language, string done)
    {
        var browser = await _place.LogIn(language);
        var shown = await browser.Get("/notifications");
        var page = await browser.Submit(shown, "/notifications/seen");
        Assert.Contains(done, page.Text, StringComparison.Ordinal);

        await browser.Submit(shown, "/notifications/seen");
        Assert.All(_place.Api.Of(Seen), ask => Assert.Equal(
            DateTimeOffset.Parse("2026-11-20T02:00:00.1234567Z", null), (DateTimeOffset)JsonNode.Parse(ask.Body)!["upTo"]!));
        Assert.Equal(2, _place.Api.Of(Seen).Count());
    }

    [Fact]
    public async Task Where_all_is_seen_there_is_nothing_to_mark()
    {
        _place.Api.Answers(List, Body(0, Item("2026-11-18T02:00:00Z", true, "access", Access)));
        var page = await (await _place.LogIn()).Get("/notifications");
        Assert.Contains("You have seen them all.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/notifications/seen", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-20")]
    public async Task A_moment_that_is_none_marks_nothing(string upTo)
    {
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get("/notifications"), "/notifications/seen", ("upTo", upTo));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(_place.Api.Of(Seen));
    }

    [Fact]
    public async Task A_refusal_of_a_moment_is_told_in_the_words_of_the_API()
    {
        _place.Api.Refuses(Seen, 400, "body.malformed");
        var browser = await _place.LogIn("vi");
        var page = await browser.Submit(await browser.Get("/notifications"), "/notifications/seen");
        Assert.Contains("Lối ra của body.malformed", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Bạn muốn được báo điều gì?", "Luôn được báo", "Bảo mật tài khoản", "Không tắt được")]
    [InlineData("en", "What do you want to be told?", "Always told", "Account security", "cannot be turned off")]
    public async Task Choices_are_shown_and_those_that_are_none_are_explained(string language, string heading, string always, string mandatory, string why)
    {
        var page = await (await _place.LogIn(language)).Get("/notifications/choices");

        Assert.Equal(heading, page.Heading);
        Assert.Contains(always, page.Text, StringComparison.Ordinal);
        Assert.Contains(mandatory, page.Text, StringComparison.Ordinal);
        Assert.Contains(why, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("value=\"accessPermitted\" checked", page.Html);
        Assert.DoesNotMatch("value=\"accessDenied\" checked", page.Html);
        Assert.DoesNotContain("value=\"accountSecurity\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Đã lưu lựa chọn của bạn.")]
    [InlineData("en", "Your choices are saved.")]
    public async Task A_choice_says_everything_that_can_be_chosen_and_nothing_else(string language, string done)
    {
        var browser = await _place.LogIn(language);
        var token = Token(await browser.Get("/notifications/choices"));
        var answer = await browser.PostRaw(
            "/notifications/choices",
            [("_form", token), ("kind", "accessPermitted"), ("kind", "accessDenied"), ("kind", "accountSecurity"), ("kind", "moon"), ("told", "accessDenied"), ("told", "moon")]);

        Assert.Contains(done, (await browser.Follow(answer, "")).Text, StringComparison.Ordinal);
        Assert.Equal("""{"accessPermitted":false,"accessDenied":true,"documentChanged":true}""", _place.Api.Of(Choices).Single().Body);
    }

    [Fact]
    public async Task A_choice_that_was_refused_or_met_an_outage_keeps_its_ticks()
    {
        _place.Api.Refuses(Choices, 400, "body.malformed");
        var browser = await _place.LogIn("vi");
        var token = Token(await browser.Get("/notifications/choices"));
        (string, string)[] form = [("_form", token), ("_page", "/notifications/choices"), ("kind", "accessPermitted"), ("kind", "accessDenied"), ("told", "accessDenied")];
        var page = await browser.Follow(await browser.PostRaw("/notifications/choices", form), "/notifications/choices");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Lối ra của body.malformed", page.Text, StringComparison.Ordinal);
        AssertTicks(page);

        _place.Api.IsUp = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.PostRaw("/notifications/choices", form)).StatusCode);
        _place.Api.IsUp = true;
        AssertTicks(await browser.Get("/notifications/choices"));
        Assert.DoesNotContain("vẫn còn đây", (await browser.Get("/notifications/choices")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_outlasts_a_session_that_ended()
    {
        var browser = await _place.LogIn();
        var token = Token(await browser.Get("/notifications/choices"));
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        var ended = await browser.Follow(
            await browser.PostRaw("/notifications/choices", [("_form", token), ("_page", "/notifications/choices"), ("kind", "accessPermitted"), ("kind", "accessDenied"), ("told", "accessDenied")]),
            "/notifications/choices");
        Assert.Equal("Your session has ended", ended.Heading);

        var page = await browser.Get("/login?return=%2Fnotifications%2Fchoices&again=1");
        Assert.Equal("/notifications/choices", page.Path);
        Assert.Contains("is still here and was not sent", page.Text, StringComparison.Ordinal);
        AssertTicks(page);
        Assert.Empty(_place.Api.Of(Choices));
    }

    [Theory]
    [InlineData("/notifications/seen")]
    [InlineData("/notifications/choices")]
    public async Task A_form_without_the_sessions_token_changes_nothing(string path)
    {
        var browser = await _place.LogIn();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(path, [("_form", "AAAA"), ("upTo", "2026-11-20T02:00:00.0000000+00:00")])).StatusCode);
        Assert.DoesNotContain(_place.Api.Asked, ask => ask.Method is "POST" or "PUT");
    }

    [Theory]
    [InlineData("/notifications")]
    [InlineData("/notifications/choices")]
    public async Task An_API_that_is_down_or_wrong_shows_nothing_half(string path)
    {
        var browser = await _place.LogIn();
        _place.Api.Answers(List, "{}", 500);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get(path)).Status);
        _place.Api.Answers(List, """{"unseen":1,"items":[{}],"choices":[]}""");
        Assert.Equal(HttpStatusCode.BadGateway, (await browser.Get(path)).Status);
    }

    static void AssertTicks(PortalPage page)
    {
        Assert.DoesNotMatch("value=\"accessPermitted\" checked", page.Html);
        Assert.Matches("value=\"accessDenied\" checked", page.Html);
    }

    static string Token(PortalPage page) => page.Html.Split("name=\"_form\" value=\"")[1].Split('"')[0];

    static string Item(string at, bool seen, string type, string? id) => $$"""
        {"id":"{{Guid.NewGuid()}}","at":"{{at}}","kind":"accessPermitted","seen":{{(seen ? "true" : "false")}},
         "title":{"vi":"Có người xem dữ liệu của bạn","en":"Somebody looked at your data"},"text":{"vi":"Bảo hiểm xã hội","en":"Social insurance"},
         "link":{"type":"{{type}}","id":{{(id is null ? "null" : $"\"{id}\"")}} } }
        """;

    static string Body(int unseen, params string[] items) => $$"""
        {"unseen":{{unseen}},"items":[{{string.Join(',', items)}}],"choices":[
          {{Choice("accessPermitted", "Có người được xem dữ liệu", "Somebody received data", true)}},{{Choice("accessDenied", "Có người bị từ chối", "Somebody was refused", false)}},
          {{Choice("documentChanged", "Giấy tờ thay đổi", "A document changed", true)}},{{Choice("accountSecurity", "Bảo mật tài khoản", "Account security", true, true)}}]}
        """;

    static string Choice(string kind, string vi, string en, bool told, bool mandatory = false) => $$"""
        {"kind":"{{kind}}","label":{"vi":"{{vi}}","en":"{{en}}"},"told":{{(told ? "true" : "false")}},"mandatory":{{(mandatory ? "true" : "false")}}}
        """;
}
