using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Who may come to the officers' counter, and how they leave.</summary>
public sealed class CounterTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task An_officer_logs_in_at_a_relying_party_of_its_own_with_scopes_of_its_own()
    {
        var page = await _place.Open("vi").Get("/counter");
        var pushed = Assert.Single(_place.Identity.Pushed);

        Assert.Equal("Quầy một cửa", page.Heading);
        Assert.Equal(("counter", "openid offline_access reports.answer"), (pushed["client_id"], pushed["scope"]));
        Assert.Equal(("https://portal.example.vn/counter/signed-in", "urn:vn:eid:level:2"), (pushed["redirect_uri"], pushed["acr_values"]));
        Assert.Empty(_place.Api.Of("GET /v1/me"));
    }

    [Fact]
    public async Task A_citizens_login_opens_nothing_at_the_counter_and_an_officers_none_of_the_citizens_pages()
    {
        var browser = await _place.LogIn();
        Assert.Contains("/authorize?client_id=counter", (await browser.Fetch("/counter")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        var citizen = browser.Cookies.Where(cookie => cookie.Key.StartsWith("__Host-portal-citizen", StringComparison.Ordinal)).ToDictionary();
        foreach (var (name, value) in citizen)
        {
            browser.Cookies[name.Replace("citizen", "counter", StringComparison.Ordinal)] = value;
        }
        Assert.Contains("/authorize?client_id=counter", (await browser.Fetch("/counter")).Headers.Location!.OriginalString, StringComparison.Ordinal);

        var officer = await _place.LogInOfficer();
        Assert.Contains("/authorize?client_id=portal", (await officer.Fetch("/overview")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("reports.answer", _place.Identity.Pushed.First(pushed => pushed["client_id"] == "portal")["scope"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token.role-missing")]
    [InlineData("token.wrong-kind")]
    public async Task An_account_without_the_role_is_told_so_and_who_gives_it(string code)
    {
        _place.Api.Refuses("GET /v1/reports/role", 403, code);
        var officer = await _place.LogInOfficer();
        foreach (var path in new[] { "/counter", "/counter/dossier", "/counter/reports" })
        {
            var page = await officer.Get(path);
            Assert.Equal((HttpStatusCode.Forbidden, "This counter is for one-stop officers"), (page.Status, page.Heading));
            Assert.Contains("identity administrator", page.Text, StringComparison.Ordinal);
            Assert.Contains("action=\"/counter/logout\"", page.Html, StringComparison.Ordinal);
        }
        Assert.Empty(_place.Api.Of("GET /v1/reports/open"));
    }

    [Fact]
    public async Task An_account_that_lost_its_level_is_told_how_to_raise_it()
    {
        _place.Api.Refuses("GET /v1/reports/role", 403, "identity.level-too-low");
        var page = await (await _place.LogInOfficer("vi")).Get("/counter");

        Assert.Equal((HttpStatusCode.Forbidden, "Cần tài khoản định danh mức 2"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Logging_out_at_the_counter_ends_the_officers_session_at_the_identity_server_and_no_other()
    {
        var browser = await _place.LogInOfficer();
        await browser.Get("/login?return=/offline");
        var left = await browser.Submit(await browser.Get("/counter"), "/counter/logout");

        Assert.StartsWith("https://identity.example.vn/end?client_id=counter&id_token_hint=", left.Path, StringComparison.Ordinal);
        Assert.Contains("post_logout_redirect_uri=https%3A%2F%2Fportal.example.vn%2Fcounter%2Flogged-out", left.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies.Keys, name => name.Contains("portal-counter", StringComparison.Ordinal));
        Assert.Equal("/overview", (await browser.Get("/overview")).Path);
        Assert.Equal("You are logged out", (await browser.Get("/counter/logged-out")).Heading);
    }

    [Fact]
    public async Task An_ended_session_leads_back_to_the_page_of_the_counter()
    {
        var browser = await _place.LogInOfficer();
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        var page = await browser.Get("/counter/dossier");

        Assert.Equal("Your session has ended", page.Heading);
        Assert.Contains("/counter/login?return=%2Fcounter%2Fdossier&amp;again=1", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_the_counter_has_the_same_shell_in_both_languages_and_no_menu_of_citizens()
    {
        _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList(CounterPages.Open()));
        foreach (var language in new[] { "vi", "en" })
        {
            var browser = await _place.LogInOfficer(language);
            foreach (var path in new[] { "/counter", "/counter/dossier", "/counter/reports" })
            {
                var page = await browser.Get(path);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Equal($"{page.Heading} – {(language == "vi" ? "Một cửa" : "One-stop counter")}", page.Title);
                Assert.Contains($"<html lang=\"{language}\">", page.Html, StringComparison.Ordinal);
                Assert.Contains($"href=\"{path}\" aria-current=\"page\"", page.Html, StringComparison.Ordinal);
                Assert.DoesNotContain("href=\"/record\"", page.Html, StringComparison.Ordinal);
                Assert.DoesNotMatch(" style=\"| on[a-z]+=\"|<style", page.Html);
            }
        }
    }

    [Fact]
    public async Task A_province_without_a_counter_has_none_of_its_pages()
    {
        await using var place = new PortalPlace { HasCounter = false };
        await place.InitializeAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await place.Open().Get("/counter")).Status);
        Assert.DoesNotContain(
            place.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(),
            endpoint => endpoint.RoutePattern.RawText!.StartsWith("/counter", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_of_the_counter_needs_the_counters_login()
    {
        var endpoints = _place.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/counter", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .ToArray();
        Assert.Equal(6, endpoints.Length);
        Assert.All(endpoints, endpoint => Assert.Equal("counter", endpoint.Metadata.GetMetadata<IAuthorizeData>()!.Policy));
    }
}
