using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>What holds for every page.</summary>
public sealed class SafetyTests(PortalPlace place) : IClassFixture<PortalPlace>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/overview")]
    [InlineData("/assets/portal.css")]
    [InlineData("/sw.js")]
    public async Task Every_answer_has_the_safe_headers(string path)
    {
        var answer = await place.Open().Fetch(path);
        var headers = answer.Headers;

        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://identity.example.vn;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("max-age=31536000", headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal(path.StartsWith("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-store", headers.CacheControl!.ToString().Replace("max-age=31536000, public", "public, max-age=31536000", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_route_says_who_may_come()
    {
        var endpoints = place.App.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy is not null, endpoint.DisplayName));
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    public async Task A_form_of_another_site_does_nothing(string? site, string? origin)
    {
        var browser = await place.LogIn();
        var page = await browser.Get("/overview");
        var token = page.Html.Split("name=\"_form\" value=\"")[1].Split('"')[0];
        (string, string)[] headers = [.. new (string, string?)[] { ("Sec-Fetch-Site", site), ("Origin", origin) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];
        var answer = await browser.PostRaw("/session/stay", [("_form", token)], headers);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("????")]
    public async Task A_form_without_the_sessions_token_does_nothing(string token)
    {
        var browser = await place.LogIn();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw("/session/stay", [("_form", token)])).StatusCode);
    }

    [Fact]
    public async Task Pages_have_no_inline_script_style_or_foreign_address()
    {
        var browser = await place.LogIn();
        foreach (var path in new[] { "/overview", "/nowhere", "/offline", "/logged-out", "/session-ended" })
        {
            var page = await browser.Get(path);
            Assert.DoesNotContain("style=\"", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("<script(?![^>]* src=\"/assets/)", page.Html);
            Assert.DoesNotMatch(" on[a-z]+=\"", page.Html);
            Assert.DoesNotMatch("(src|href)=\"https?://(?!identity\\.example\\.vn)", page.Html);
        }
    }

    [Fact]
    public async Task The_first_page_weighs_less_than_60_KB_with_everything_on_it()
    {
        var browser = place.Open("vi");
        var page = await browser.Get("/");
        var weight = System.Text.Encoding.UTF8.GetByteCount(page.Html);
        foreach (System.Text.RegularExpressions.Match asset in System.Text.RegularExpressions.Regex.Matches(page.Html, "(?:src|href)=\"(/assets/[^\"]*)\""))
        {
            weight += (await (await browser.Fetch(asset.Groups[1].Value)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }
        Assert.InRange(weight, 1, 60 * 1024);
    }

    [Fact]
    public async Task A_language_is_kept_and_the_page_stays()
    {
        var browser = place.Open("vi");
        var page = await browser.Get("/");
        Assert.Contains("Hồ sơ của bạn, trong tay bạn", page.Text, StringComparison.Ordinal);
        Assert.Equal("Your record, in your hands", (await browser.Get("/language/en?return=%2F")).Heading);
        Assert.Equal("Your record, in your hands", (await browser.Get("/")).Heading);
        Assert.Equal("Your record, in your hands", (await browser.Get("/language/xx?return=%2F")).Heading);
    }
}
