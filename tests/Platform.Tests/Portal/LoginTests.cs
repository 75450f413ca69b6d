using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The portal as a relying party.</summary>
public sealed class LoginTests(PortalPlace place) : IClassFixture<PortalPlace>
{
    [Fact]
    public async Task A_login_pushes_its_request_with_a_challenge_a_proof_and_the_level()
    {
        var browser = place.Open();
        var answer = await browser.Fetch("/login?return=/record");
        var pushed = place.Identity.Pushed.Last();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("S256", pushed["code_challenge_method"]);
        Assert.Equal("urn:vn:eid:level:2", pushed["acr_values"]);
        Assert.Equal("openid offline_access me.read me.consents me.write me.account", pushed["scope"]);
        Assert.Equal("https://portal.example.vn/signed-in", pushed["redirect_uri"]);
        Assert.Contains("client_assertion", pushed.Keys);
        Assert.DoesNotContain("prompt", pushed.Keys);
    }

    [Fact]
    public async Task Whoever_asks_for_a_page_logs_in_and_comes_to_that_page()
    {
        var page = await place.Open().Get("/overview?x=1");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("/overview?x=1", page.Path);
        Assert.Equal("Hello Nguyễn Thị Hoa", page.Heading);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\tevil")]
    public async Task A_login_leads_to_this_portal_only(string elsewhere)
    {
        var page = await place.Open().Get("/login?return=" + Uri.EscapeDataString(elsewhere));
        Assert.Equal("/overview", page.Path);

        var language = await place.Open().Fetch("/language/en?return=" + Uri.EscapeDataString(elsewhere));
        Assert.Equal("/", language.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("state", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("iss", "https://other.example.vn/")]
    [InlineData("code", "code-unknown")]
    public async Task An_answer_that_is_not_ours_logs_nobody_in(string parameter, string value)
    {
        var browser = place.Open();
        var login = await browser.Fetch("/login");
        var back = place.Identity.Authorize(login.Headers.Location!.OriginalString, answer => new(answer) { [parameter] = value });
        var page = await browser.Get(back.Replace(PortalPlace.Address.AbsoluteUri, "/", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("The login was not completed", page.Heading);
        Assert.DoesNotContain(browser.Cookies.Keys, name => name.Contains("portal-citizen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_counts_once_and_in_its_own_browser()
    {
        var browser = place.Open();
        var login = await browser.Fetch("/login");
        var back = place.Identity.Authorize(login.Headers.Location!.OriginalString).Replace(PortalPlace.Address.AbsoluteUri, "/", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await place.Open().Fetch(back)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Fetch(back)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Fetch(back)).StatusCode);
    }

    [Theory]
    [InlineData("nonce", "other")]
    [InlineData("acr", "urn:vn:eid:level:1")]
    [InlineData("azp", "other")]
    public async Task An_identity_token_for_another_purpose_logs_nobody_in(string claim, string value)
    {
        place.Identity.SpoilIdToken = claims => claims[claim] = value;
        try
        {
            Assert.Equal("The login was not completed", (await place.Open().Get("/login")).Heading);
        }
        finally
        {
            place.Identity.SpoilIdToken = _ => { };
        }
    }

    [Theory]
    [InlineData("access_denied", "You did not log in", 400)]
    [InlineData("unmet_authentication_requirements", "You need an identity of level 2", 403)]
    [InlineData("server_error", "Logging in does not work right now", 503)]
    public async Task A_refused_login_says_why(string error, string heading, int status)
    {
        var browser = place.Open();
        var login = await browser.Fetch("/login");
        var back = place.Identity.Authorize(login.Headers.Location!.OriginalString, answer => new() { ["state"] = answer["state"], ["iss"] = answer["iss"], ["error"] = error });
        var page = await browser.Get(back.Replace(PortalPlace.Address.AbsoluteUri, "/", StringComparison.Ordinal));

        Assert.Equal(heading, page.Heading);
        Assert.Equal(status, (int)page.Status);
    }

    [Fact]
    public async Task Logging_out_forgets_the_session_and_tells_the_identity_server()
    {
        var browser = await place.LogIn();
        var page = await browser.Get("/overview");
        var out1 = await browser.Submit(page, "/logout");

        Assert.StartsWith("https://identity.example.vn/end?client_id=portal&id_token_hint=", out1.Path, StringComparison.Ordinal);
        Assert.Contains("post_logout_redirect_uri=https%3A%2F%2Fportal.example.vn%2Flogged-out", out1.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies.Keys, name => name.Contains("portal-citizen", StringComparison.Ordinal));
        Assert.Equal("You are logged out", (await browser.Get("/logged-out")).Heading);
    }

    [Fact]
    public async Task Nobody_else_logs_a_person_out()
    {
        var browser = await place.LogIn();
        var answer = await browser.PostRaw("/logout", []);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("/overview", (await browser.Get("/overview")).Path);
    }

    [Fact]
    public async Task A_login_while_the_identity_server_is_down_says_so()
    {
        var down = new PortalPlace();
        await down.InitializeAsync();
        await using (down)
        {
            down.Identity.IsUp = false;
            var page = await down.Open("vi").Get("/login");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Equal("Chưa đăng nhập được", page.Heading);
            Assert.Contains("/login", page.Html, StringComparison.Ordinal);
        }
    }
}
