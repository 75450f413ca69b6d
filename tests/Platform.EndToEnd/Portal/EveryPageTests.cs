using System.Text.RegularExpressions;
using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>Everything that can be reached by links, as a person with an interesting history sees it.</summary>
[Collection(PortalSite.Collection)]
public sealed partial class EveryPageTests(PortalSite site)
{
    private const int MostPages = 70;

    /// <summary>Of pages that differ in what they are about, so many are looked at.</summary>
    private const int MostAlike = 2;

    private static readonly string[] Sections =
        ["/overview", "/record", "/documents", "/accesses", "/requests", "/consents", "/reports", "/ledger", "/notifications", "/security"];

    private static readonly string[] Open = ["/", "/verify", "/logged-out", "/session-ended", "/account-locked", "/offline"];

    [Theory]
    [InlineData("vi", 320, false, true)]
    [InlineData("en", 1280, true, true)]
    [InlineData("en", 320, false, false)]
    [InlineData("vi", 1280, true, false)]
    public async Task Every_page_is_whole_readable_and_alone_with_its_server(string language, int width, bool dark, bool scripts)
    {
        await using var visitor = await site.Window(language, width, dark, scripts);
        visitor.ExpectedStatuses.Add(404);
        foreach (var path in Open)
        {
            Assert.Equal(200, await visitor.Go(path));
            await visitor.Look(path == "/offline" ? "vi" : language);
        }

        await visitor.LogIn(site.Storied);
        Assert.Equal(404, await visitor.Go("/nowhere"));
        await visitor.Look(language);
        var seen = await Crawl(visitor, language);

        visitor.MustBeClean();
        Assert.All(Sections, section => Assert.Contains(section, seen));
    }

    [Fact]
    public async Task Every_page_is_whole_where_nothing_has_happened_yet()
    {
        await using var visitor = await site.Window("vi", 320);
        await visitor.LogIn(site.Somebody());
        var seen = await Crawl(visitor, "vi");

        visitor.MustBeClean();
        Assert.All(Sections, section => Assert.Contains(section, seen));
    }

    private static async Task<IReadOnlyCollection<string>> Crawl(Visitor visitor, string language)
    {
        var waiting = new Queue<string>(Sections);
        var seen = new HashSet<string>();
        var alike = new Dictionary<string, int>();
        while (waiting.TryDequeue(out var path) && seen.Count < MostPages)
        {
            var kind = Shape(path);
            alike[kind] = alike.GetValueOrDefault(kind) + 1;
            if (alike[kind] > MostAlike || !seen.Add(path))
            {
                continue;
            }

            Assert.True(await visitor.Go(path) == 200, $"{kind} does not answer 200.");
            await visitor.Look(language);
            foreach (var link in await visitor.Page.EvaluateAsync<string[]>(
                "Array.from(document.querySelectorAll('a[href]:not([download])'), a => a.href)"))
            {
                if (link.StartsWith(visitor.Address, StringComparison.Ordinal) && IsPage(new Uri(link)))
                {
                    waiting.Enqueue(new Uri(link).PathAndQuery);
                }
            }
        }

        return seen;
    }

    private static bool IsPage(Uri link) => !NoPage().IsMatch(link.AbsolutePath);

    private static string Shape(string path) => Particular().Replace(path, "=…").Split('#')[0];

    [GeneratedRegex("^/(language|login|logout|assets|ledger/(download|check|ledger-check\\.js)|accesses/export|counter)(/|\\.|$)")]
    private static partial Regex NoPage();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|=[^&#]*")]
    private static partial Regex Particular();
}
