using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Identity.Pages;

/// <summary>The link from the account pages back to the relying party from which a person came.</summary>
public sealed class WayBackTests : IAsyncLifetime
{
    const string Page = "https://suckhoe.example.vn/security";
    readonly PagesPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        await _place.People.Register("health", registration => registration with
        {
            NameVi = "Cổng sức khỏe",
            NameEn = "Health portal",
            RedirectUris = ["https://suckhoe.example.vn/signed-in"],
        });
        await _place.People.Register("other", registration => registration with { RedirectUris = ["https://khac.example.vn/signed-in"] });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task The_link_is_there_after_the_login_and_on_the_pages_that_follow()
    {
        var browser = _place.Open();

        var account = await _place.LogIn(browser, From("health", Page));

        Assert.Equal((Page, "← Back to Health portal"), Link(account));
        foreach (var path in new[] { "/account", "/account/history", "/account/services" })
        {
            Assert.Equal(Page, Link(await browser.Get(path)).Address);
        }

        browser.Language = "vi";
        Assert.Equal("← Quay lại Cổng sức khỏe", Link(await browser.Get("/account?lang=vi")).Text);
    }

    [Fact]
    public async Task Nobody_is_sent_there_by_itself()
    {
        var browser = _place.Open();
        await _place.LogIn(browser);

        var answer = await browser.Fetch(From("health", Page));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Without_a_place_to_go_back_to_there_is_no_link() =>
        Assert.Null(Link(await _place.LogIn(_place.Open())).Address);

    [Theory]
    [InlineData("health", "https://evil.example/security")]
    [InlineData("health", "https://khac.example.vn/security")]
    [InlineData("other", "https://suckhoe.example.vn/security")]
    [InlineData("nobody", "https://suckhoe.example.vn/security")]
    [InlineData("health", "http://suckhoe.example.vn/security")]
    [InlineData("health", "https://suckhoe.example.vn:8443/security")]
    [InlineData("health", "https://suckhoe.example.vn.evil.example/security")]
    [InlineData("health", "https://suckhoe.example.vn@evil.example/security")]
    [InlineData("health", "https://me@suckhoe.example.vn/security")]
    [InlineData("health", "https://suckhoe.example.vn/security?token=1")]
    [InlineData("health", "https://suckhoe.example.vn/security#token")]
    [InlineData("health", "https://suckhoe.example.vn/067199/000017")]
    [InlineData("health", "javascript:alert(1)//suckhoe.example.vn/")]
    [InlineData("health", "//suckhoe.example.vn/security")]
    [InlineData("health", "/security")]
    [InlineData("health", "")]
    public async Task No_link_leads_to_where_codes_of_the_party_may_not_go(string party, string address)
    {
        var browser = _place.Open();
        await _place.LogIn(browser, From("health", Page));

        Assert.Null(Link(await browser.Get(From(party, address))).Address);
        // Who asked for something else is not led to the earlier place either.
        Assert.Null(Link(await browser.Get("/account")).Address);
    }

    [Fact]
    public async Task One_address_too_many_or_too_long_is_none()
    {
        var browser = _place.Open();
        await _place.LogIn(browser);

        Assert.Null(Link(await browser.Get($"{From("health", Page)}&return={Uri.EscapeDataString(Page)}")).Address);
        Assert.Null(Link(await browser.Get($"/account?return={Uri.EscapeDataString(Page)}")).Address);
        Assert.Null(Link(await browser.Get(From("health", $"{Page}/{new string('a', 200)}"))).Address);
    }

    [Fact]
    public async Task A_disabled_party_is_no_longer_linked()
    {
        var browser = _place.Open();
        await _place.LogIn(browser, From("health", Page));

        await _place.People.Server.Clients.SetEnabled("health", enabled: false, TestContext.Current.CancellationToken);

        Assert.Null(Link(await browser.Get("/account")).Address);
    }

    static string From(string party, string address) => $"/account?client_id={party}&return={Uri.EscapeDataString(address)}";

    static (string? Address, string Text) Link(Sheet sheet)
    {
        var link = Regex.Match(WebUtility.HtmlDecode(sheet.Html), "<p><a href=\"(?<to>[^\"]*)\">(?<text>← (Back to|Quay lại)[^<]*)</a></p>");
        return link.Success ? (link.Groups["to"].Value, link.Groups["text"].Value) : (null, "");
    }
}
