using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The page on which a person checks the ledger.</summary>
public sealed class LedgerPageTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("vi", "Tự kiểm chứng sổ truy cập", "1.234", "node ledger-check.js so-truy-cap-2026-11-20.ndjson --vi")]
    [InlineData("en", "Check your ledger yourself", "1,234", "node ledger-check.js ledger-2026-11-20.ndjson ")]
    public async Task It_says_how_long_the_ledger_is_where_it_ends_and_the_one_command(string language, string heading, string count, string command)
    {
        var ledger = new FakeLedger(_place.Api, 1234);
        var page = await (await _place.LogIn(language)).Get("/ledger");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(heading, page.Heading);
        Assert.Contains(count, page.Text, StringComparison.Ordinal);
        Assert.Contains(ledger.HeadHash, page.Text, StringComparison.Ordinal);
        Assert.Contains(command, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Number, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_what_its_program_needs_and_offers_the_program_itself()
    {
        _ = new FakeLedger(_place.Api, 3);
        var browser = await _place.LogIn();
        var page = await browser.Get("/ledger");

        Assert.Matches("<form[^>]*data-ledger-source=\"/ledger/download\"[^>]*hidden", page.Html);
        Assert.Matches("<input[^>]*name=\"ledger\"[^>]*type=\"file\"", page.Html);
        Assert.Matches("<input[^>]*name=\"earlier\"[^>]*type=\"file\"", page.Html);
        Assert.Contains("<button name=\"fetch\"", page.Html, StringComparison.Ordinal);
        Assert.Matches("data-ledger-result role=\"status\" aria-live=\"polite\"", page.Html);
        Assert.Contains("<noscript>", page.Html, StringComparison.Ordinal);

        var address = page.Html.Split("<script src=\"").Select(part => part.Split('"')[0]).Single(part => part.Contains("ledger-check", StringComparison.Ordinal));
        Assert.Contains($"href=\"{address}\" download=\"ledger-check.js\"", page.Html, StringComparison.Ordinal);
        var program = await browser.Fetch(address);
        Assert.Equal("text/javascript; charset=utf-8", program.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("vi", "Sổ chưa có mục nào.")]
    [InlineData("en", "The ledger has no entry yet.")]
    public async Task An_empty_ledger_is_said_to_be_empty(string language, string text)
    {
        _ = new FakeLedger(_place.Api, 0);
        var page = await (await _place.LogIn(language)).Get("/ledger");

        Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-ledger-source", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_does_not_know_the_last_entry_is_not_believed()
    {
        var ledger = new FakeLedger(_place.Api, 5);
        ledger.Remove(5);
        Assert.Equal(HttpStatusCode.BadGateway, (await (await _place.LogIn()).Get("/ledger")).Status);
    }

    [Fact]
    public async Task An_API_that_is_down_is_told_and_waited_for()
    {
        _ = new FakeLedger(_place.Api, 5);
        var browser = await _place.LogIn();
        _place.Api.IsUp = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get("/ledger")).Status);
        _place.Api.IsUp = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/ledger")).Status);
    }
}
