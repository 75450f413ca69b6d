using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Sessions that live in a cookie: renewed once, ended by idleness, by the identity server, or by the API.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Two_tabs_at_once_use_a_refresh_token_once()
    {
        var browser = await _place.LogIn();
        var other = browser.Copy();
        _place.Clock.Advance(TimeSpan.FromMinutes(5));
        _place.Identity.TokenRequests.Clear();
        _place.Identity.HoldTokens = new SemaphoreSlim(0);
        var pages = new[] { browser.Get("/overview"), other.Get("/overview") };
        _place.Identity.HoldTokens.Release(10);

        Assert.All(await Task.WhenAll(pages), page => Assert.Equal("/overview", page.Path));
        Assert.Single(_place.Identity.TokenRequests);
    }

    [Fact]
    public async Task A_tab_that_comes_within_a_minute_gets_the_same_tokens()
    {
        var browser = await _place.LogIn();
        var other = browser.Copy();
        _place.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.Get("/overview");
        _place.Clock.Advance(TimeSpan.FromSeconds(59));
        await other.Get("/overview");

        Assert.Equal(2, _place.Identity.TokenRequests.Count);
        Assert.Equal("/overview", (await browser.Get("/overview")).Path);
    }

    [Fact]
    public async Task A_token_that_was_used_elsewhere_leads_through_a_silent_login_to_the_page()
    {
        var browser = await _place.LogIn();
        var other = browser.Copy();
        _place.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.Get("/overview");
        _place.Clock.Advance(TimeSpan.FromSeconds(61));
        var page = await other.Get("/overview?a=b");

        Assert.Equal("/overview?a=b", page.Path);
        Assert.Equal("none", _place.Identity.Pushed.Last()["prompt"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task An_ended_session_is_told_at_the_next_click_and_leads_back(int secondsAfterLogin)
    {
        var browser = await _place.LogIn();
        _place.Clock.Advance(TimeSpan.FromSeconds(secondsAfterLogin));
        (_place.Api.SessionEnded, _place.Identity.HasSession) = (true, false);
        var ended = await browser.Get("/overview?from=x");
        _place.Api.SessionEnded = false;

        Assert.Equal("Your session has ended", ended.Heading);
        Assert.Contains("/login?return=%2Foverview%3Ffrom%3Dx", ended.Html, StringComparison.Ordinal);
        Assert.Equal("/overview?from=x", (await browser.Get("/login?return=%2Foverview%3Ffrom%3Dx")).Path);
    }

    [Fact]
    public async Task An_API_that_never_takes_a_login_does_not_send_people_around_in_a_circle()
    {
        var browser = await _place.LogIn();
        _place.Clock.Advance(TimeSpan.FromMinutes(1));
        _place.Api.SessionEnded = true;
        var page = await browser.Get("/overview");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("You are logged in, but your record cannot be opened", page.Heading);
    }

    [Fact]
    public async Task Who_was_idle_proves_anew_who_they_are()
    {
        var browser = await _place.LogIn();
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        var page = await browser.Get("/overview");
        Assert.Equal("Your session has ended", page.Heading);

        await browser.Fetch("/login?return=%2Foverview&again=1");
        Assert.Equal("login", _place.Identity.Pushed.Last()["prompt"]);
    }

    [Fact]
    public async Task A_click_keeps_a_session_and_the_page_says_until_when()
    {
        var browser = await _place.LogIn();
        for (var minutes = 0; minutes < 60; minutes += 15)
        {
            _place.Clock.Advance(TimeSpan.FromMinutes(15));
            Assert.Equal("/overview", (await browser.Get("/overview")).Path);
        }
        var page = await browser.Get("/overview");
        Assert.Contains("Without a click this session ends at 11:20.", page.Text, StringComparison.Ordinal);
        Assert.Contains("data-seconds=\"1200\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staying_logged_in_works_with_and_without_scripts()
    {
        var browser = await _place.LogIn();
        var page = await browser.Get("/overview");
        _place.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("/overview", (await browser.Submit(page, "/session/stay")).Path);

        var token = page.Html.Split("name=\"_form\" value=\"")[1].Split('"')[0];
        var answer = await browser.PostRaw("/session/stay", [("_form", token)], ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"));
        Assert.Contains("\"seconds\":1200", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_asks_without_a_session_is_told_so_and_not_sent_to_a_login()
    {
        var answer = await _place.Open().PostRaw("/session/stay", [], ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("1.AAAA")]
    [InlineData("9.AAAA")]
    [InlineData("2.")]
    [InlineData("%%%")]
    public async Task A_cookie_that_nobody_here_wrote_is_no_session(string value)
    {
        var browser = _place.Open();
        browser.Cookies["__Host-portal-citizen"] = value;
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Fetch("/overview")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Fetch("/")).StatusCode);
    }

    [Fact]
    public async Task A_cookie_in_parts_is_whole_or_nothing()
    {
        var browser = await _place.LogIn();
        Assert.Contains("__Host-portal-citizen.1", browser.Cookies.Keys);
        browser.Cookies.Remove("__Host-portal-citizen.1");

        Assert.Contains("/authorize", (await browser.Fetch("/overview")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_tokens_outlast_an_identity_server_that_is_down()
    {
        var browser = await _place.LogIn();
        _place.Identity.IsUp = false;
        _place.Clock.Advance(TimeSpan.FromSeconds(270));
        Assert.Equal("/overview", (await browser.Get("/overview")).Path);

        _place.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("Logging in does not work right now", (await browser.Get("/overview")).Heading);
        _place.Identity.IsUp = true;
        Assert.Equal("/overview", (await browser.Get("/overview")).Path);
    }
}
