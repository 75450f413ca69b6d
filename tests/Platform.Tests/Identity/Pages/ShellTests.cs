using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class ShellTests(PagesPlace place) : IClassFixture<PagesPlace>
{
    [Theory]
    [InlineData("/activate", HttpStatusCode.OK)]
    [InlineData("/logged-out", HttpStatusCode.OK)]
    [InlineData("/locked", HttpStatusCode.OK)]
    [InlineData("/error?code=invalid_client", HttpStatusCode.BadRequest)]
    [InlineData("/app", HttpStatusCode.Forbidden)]
    [InlineData("/login?interaction=x", HttpStatusCode.Gone)]
    [InlineData("/login", HttpStatusCode.Gone)]
    [InlineData("/claims", HttpStatusCode.Gone)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Every_page_has_the_headers_that_keep_others_out(string path, HttpStatusCode status)
    {
        var answer = await place.Open().Fetch(path);

        Assert.Equal(status, answer.StatusCode);
        var policy = Header(answer.Headers, "Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Header(answer.Headers, "X-Frame-Options"));
        Assert.Equal("nosniff", Header(answer.Headers, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer.Headers, "Referrer-Policy"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("max-age=31536000", Header(answer.Headers, "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https://identity.example.vn/", true)]
    [InlineData("https://localhost:5001/", false)]
    [InlineData("http://localhost:5001/", false)]
    public async Task Whatever_answers_a_public_host_tells_browsers_to_come_by_TLS_alone(string issuer, bool isTold)
    {
        var server = await place.People.AddServer(settings: new() { ["Identity:Issuer"] = issuer });
        foreach (var path in new[] { "connect/token", ".well-known/openid-configuration", "health/live", "assets/pages.css", "admin/systems", "nowhere" })
        {
            using var answer = await place.People.Servers[server].Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.Headers.Contains("Strict-Transport-Security") == isTold, path);
        }
    }

    [Fact]
    public async Task No_page_has_a_script_or_style_of_its_own()
    {
        var browser = place.Open();
        var account = await place.LogIn(browser);
        foreach (var sheet in new[] { await place.Open().Get("/account"), account, await browser.Get("/account/history"), await browser.Get("/activate") })
        {
            Assert.DoesNotContain(" style=", sheet.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", sheet.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("onclick", sheet.Html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?! src=\"/assets/passkeys\\.js\\?v=[0-9A-F]+\" defer)", sheet.Html);
        }
    }

    [Theory]
    [InlineData("pages.css", "text/css")]
    [InlineData("passkeys.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task The_assets_are_inside_the_program(string name, string type)
    {
        var answer = await place.Open().Fetch($"/assets/{name}");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await place.Open().Fetch("/assets/..%2F..%2Fappsettings.json")).StatusCode);
    }

    [Fact]
    public async Task The_page_speaks_the_language_that_was_chosen_last()
    {
        var browser = place.Open();
        browser.Language = "fr, en-GB;q=0.5, vi;q=0.4";
        Assert.Equal("Log in", (await browser.Get("/account")).Title);
        browser.Language = "fr";
        var vietnamese = await browser.Get("/account");
        Assert.Equal("Đăng nhập", vietnamese.Title);
        Assert.Contains("<html lang=\"vi\">", vietnamese.Html, StringComparison.Ordinal);

        var english = await browser.Get($"/login?interaction={vietnamese.Interaction}&lang=en");
        Assert.Equal("Log in", english.Title);
        Assert.Equal("Log in", (await browser.Get($"/login?interaction={vietnamese.Interaction}")).Title);
        Assert.Equal("Activate your account", (await browser.Get("/activate")).Title);
        Assert.Equal("Activate your account", (await browser.Get("/activate?lang=de")).Title);
    }

    [Fact]
    public async Task A_relying_party_s_language_is_the_page_s()
    {
        var portal = await place.People.Register("languages");
        var browser = place.Open();

        Assert.Equal("Đăng nhập", (await browser.Get(await portal.PushedAddress(("ui_locales", "vi")))).Title);
        Assert.Equal("Log in", (await browser.Get(await portal.PushedAddress(("ui_locales", "en")))).Title);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var browser = place.Open();
        var login = await browser.Get("/account");
        var answer = await browser.Post(login, "/login", ("number", "1"), ("password", new string('x', 40_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_field_given_twice_or_another_kind_of_body_is_only_wrong()
    {
        var browser = place.Open();
        var login = await browser.Get("/account");
        var twice = await browser.Post(login, "/login", ("number", place.Number), ("number", "x"), ("password", PagesPlace.Password));
        using var json = new HttpRequestMessage(HttpMethod.Post, login.Path.TrimStart('/')) { Content = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json")) };

        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Browser.Send(json)).StatusCode);
    }

    [Fact]
    public async Task An_error_page_says_what_to_do_and_repeats_nothing_foreign()
    {
        var error = await place.Open().Get("/error?code=%3Cscript%3Ealert(1)%3C/script%3E");

        Assert.DoesNotContain("alert(1)", error.Html, StringComparison.Ordinal);
        Assert.Contains("invalid_request", error.Text, StringComparison.Ordinal);
        Assert.Contains("Go back to the service", error.Text, StringComparison.Ordinal);
    }

    static string Header(HttpResponseHeaders headers, string name) => string.Join(' ', headers.GetValues(name));
}
