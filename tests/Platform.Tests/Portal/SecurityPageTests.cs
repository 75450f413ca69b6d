using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The person's e-ID account: sessions, devices, history.</summary>
public sealed class SecurityPageTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/me/account", AccountSamples.Full);
        foreach (var reference in new[] { AccountSamples.Own, AccountSamples.Other })
        {
            _place.Api.Answers($"POST /v1/me/account/sessions/{reference}/end", "", 204);
        }
        _place.Api.Answers("POST /v1/me/account/sessions/end-others", "", 204);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("vi", "Bảo mật", "phiên này", "mật khẩu, mã dùng một lần · dùng ở: cổng này, so-y-te", "08:15, 20/11/2026", "chưa dùng lần nào", "Đăng nhập bị từ chối")]
    [InlineData("en", "Security", "this one", "password, one-time code · used at: this portal, so-y-te", "20 Nov 2026, 08:15", "never used", "Login refused")]
    public async Task It_shows_sessions_with_place_and_time_devices_and_what_happened(string language, params string[] texts)
    {
        var page = await (await _place.LogIn(language)).Get("/security");

        Assert.Equal(texts[0], page.Heading);
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.Contains("Chrome, Android · 198.51.100.0", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/security/sessions/{AccountSamples.Other}\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"/security/sessions/{AccountSamples.Own}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Factors_are_changed_at_the_identity_server_which_knows_the_way_back()
    {
        var page = await (await _place.LogIn()).Get("/security");
        const string Back = "?client_id=portal&amp;return=https%3A%2F%2Fportal.example.vn%2Fsecurity";
        Assert.Contains($"href=\"https://identity.example.vn/account/devices{Back}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://identity.example.vn/account/password{Back}\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Không có phiên nào khác", "Chưa đăng ký thiết bị nào", "Mã khôi phục còn lại: 0", "Nên tạo mã mới", "Không rõ nơi đăng nhập", "Chưa có gì")]
    [InlineData("en", "There is no other session", "No device is registered", "Recovery codes left: 0", "Make new ones", "Place not known", "Nothing yet")]
    public async Task An_account_with_nothing_says_so_everywhere(string language, params string[] texts)
    {
        _place.Api.Answers("GET /v1/me/account", AccountSamples.Empty);
        var page = await (await _place.LogIn(language)).Get("/security");

        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("/security/sessions/", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Cán bộ một cửa", "người đại diện xác nhận")]
    [InlineData("en", "One-stop officer", "A representative confirms")]
    public async Task Roles_and_representatives_are_named(string language, params string[] texts)
    {
        _place.Api.Answers("GET /v1/me/account", AccountSamples.Account(roles: "\"one-stop-officer\"", isWard: true));
        var page = await (await _place.LogIn(language)).Get("/security");
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vi", "Kết thúc phiên này?", "Phiên đã kết thúc. Ai đang dùng phiên đó phải đăng nhập lại.")]
    [InlineData("en", "End this session?", "The session is over. Whoever uses it must log in again.")]
    public async Task A_session_is_ended_after_being_asked(string language, string question, string done)
    {
        var browser = await _place.LogIn(language);
        var asked = await browser.Get($"/security/sessions/{AccountSamples.Other}");
        Assert.Equal(question, asked.Heading);
        Assert.Contains("Chrome, Android", asked.Text, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of($"POST /v1/me/account/sessions/{AccountSamples.Other}/end"));

        var page = await browser.Submit(asked, $"/security/sessions/{AccountSamples.Other}");
        Assert.Equal("/security?done=session", page.Path);
        Assert.Contains(done, page.Text, StringComparison.Ordinal);
        Assert.Single(_place.Api.Of($"POST /v1/me/account/sessions/{AccountSamples.Other}/end"));
    }

    [Fact]
    public async Task Ending_a_session_twice_is_as_good_as_once()
    {
        var browser = await _place.LogIn();
        var asked = await browser.Get($"/security/sessions/{AccountSamples.Other}");
        await browser.Submit(asked, $"/security/sessions/{AccountSamples.Other}");
        _place.Api.Refuses($"POST /v1/me/account/sessions/{AccountSamples.Other}/end", 404, "session.unknown");

        Assert.Equal("/security?done=session", (await browser.Submit(asked, $"/security/sessions/{AccountSamples.Other}")).Path);
    }

    [Theory]
    [InlineData("vi", "Phiên này đã kết thúc")]
    [InlineData("en", "This session is over")]
    public async Task A_session_of_nobody_here_is_said_to_be_over_and_no_other_is_touched(string language, string heading)
    {
        var page = await (await _place.LogIn(language)).Get($"/security/sessions/{AccountSamples.Foreign}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(heading, page.Heading);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("..%2F..%2Flock%2Faaaaaaaaaaaa")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_reference_leads_nowhere(string reference)
    {
        var browser = await _place.LogIn();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/security/sessions/{reference}")).Status);
        var token = (await browser.Get("/security")).Html.Split("name=\"_form\" value=\"")[1].Split('"')[0];
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostRaw($"/security/sessions/{reference}", [("_form", token)])).StatusCode);
        Assert.DoesNotContain(_place.Api.Asked, ask => ask.Method == "POST");
    }

    [Theory]
    [InlineData("vi", "Kết thúc mọi phiên khác?", "1 phiên khác", "Mọi phiên khác đã kết thúc.")]
    [InlineData("en", "End all other sessions?", "1 other session", "All other sessions are over.")]
    public async Task All_other_sessions_are_ended_after_being_asked(string language, string question, string count, string done)
    {
        var browser = await _place.LogIn(language);
        var asked = await browser.Get("/security/sessions/others");
        Assert.Equal(question, asked.Heading);
        Assert.Contains(count, asked.Text, StringComparison.Ordinal);

        Assert.Contains(done, (await browser.Submit(asked, "/security/sessions/others")).Text, StringComparison.Ordinal);
        await browser.Submit(asked, "/security/sessions/others");
        Assert.Equal(2, _place.Api.Of("POST /v1/me/account/sessions/end-others").Count());
    }

    [Fact]
    public async Task Where_there_is_no_other_session_there_is_nothing_to_press()
    {
        _place.Api.Answers("GET /v1/me/account", AccountSamples.Empty);
        var page = await (await _place.LogIn()).Get("/security/sessions/others");
        Assert.Contains("There is no other session.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<button class=\"danger\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ending_the_own_session_warns_and_then_asks_to_log_in()
    {
        var browser = await _place.LogIn();
        var asked = await browser.Get($"/security/sessions/{AccountSamples.Own}");
        Assert.Contains("you will be logged out of this page too", asked.Text, StringComparison.Ordinal);

        _place.Clock.Advance(TimeSpan.FromMinutes(1));
        var answer = await browser.Post(asked, $"/security/sessions/{AccountSamples.Own}");
        (_place.Api.SessionEnded, _place.Identity.HasSession) = (true, false);
        Assert.Equal("Your session has ended", (await browser.Follow(answer, "/security")).Heading);
    }

    [Fact]
    public async Task A_refusal_to_end_one_session_is_told_beside_its_button()
    {
        _place.Api.Refuses($"POST /v1/me/account/sessions/{AccountSamples.Other}/end", 404, "account.unknown");
        var browser = await _place.LogIn("vi");
        var path = $"/security/sessions/{AccountSamples.Other}";
        var page = await browser.Submit(await browser.Get(path), path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("Lối ra của account.unknown", page.Text, StringComparison.Ordinal);
        Assert.Contains("dùng ở: cổng này, so-y-te", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_beside_the_button()
    {
        _place.Api.Refuses("POST /v1/me/account/sessions/end-others", 403, "token.session-missing");
        var browser = await _place.LogIn("vi");
        var page = await browser.Submit(await browser.Get("/security/sessions/others"), "/security/sessions/others");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Lối ra của token.session-missing", page.Text, StringComparison.Ordinal);
        Assert.Contains("<button class=\"danger\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Lịch sử tài khoản", "Nâng lên mức 2", "thực hiện: CA-17", "lưu ý")]
    [InlineData("en", "History of the account", "Raised to level 2", "by CA-17", "look twice")]
    public async Task The_history_tells_all_with_who_did_it(string language, params string[] texts)
    {
        var page = await (await _place.LogIn(language)).Get("/security/history");
        Assert.Equal(texts[0], page.Heading);
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/security")]
    [InlineData("/security/history")]
    [InlineData("/security/sessions/others")]
    public async Task An_API_that_is_down_is_told_and_shows_nothing_half(string path)
    {
        var browser = await _place.LogIn();
        _place.Api.Answers("GET /v1/me/account", "{}", 500);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get(path)).Status);
        _place.Api.Answers("GET /v1/me/account", """{"level":2}""");
        Assert.Equal(HttpStatusCode.BadGateway, (await browser.Get(path)).Status);
    }

    [Theory]
    [InlineData("/security/sessions/others")]
    [InlineData("/security/sessions/" + AccountSamples.Other)]
    [InlineData("/security/lock")]
    public async Task A_form_without_the_sessions_token_ends_nothing(string path)
    {
        var browser = await _place.LogIn();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(path, [("_form", "AAAA")])).StatusCode);
        Assert.DoesNotContain(_place.Api.Asked, ask => ask.Method == "POST");
    }

    [Fact]
    public async Task No_page_has_the_personal_number_or_a_session_that_opens_anything_in_its_title()
    {
        var browser = await _place.LogIn();
        foreach (var path in new[] { "/security", "/security/history", "/security/lock", "/security/sessions/others" })
        {
            var page = await browser.Get(path);
            Assert.DoesNotContain(Samples.Number, page.Html, StringComparison.Ordinal);
            Assert.EndsWith(" – Citizen portal", page.Title, StringComparison.Ordinal);
        }
    }
}
