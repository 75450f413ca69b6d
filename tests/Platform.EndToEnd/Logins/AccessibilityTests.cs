using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Platform.Local;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>Pages as people meet them who enlarge, use a reader or a small telephone.</summary>
[Collection(LoginsProvince.Collection)]
public sealed class AccessibilityTests(LoginsProvince site)
{
    private const int Narrow = 320;

    private static readonly string[] Open = ["activate", "logged-out", "locked", "error?code=invalid_client", "nowhere", "app", "login?interaction=x"];

    private static readonly string[] Own = ["account", "account/history", "account/services", "account/lock", "account/password", "app", "app?still=1", "logout"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_identity_pages_break_no_rule_in_either_language_at_320_pixels()
    {
        Chromium.Need();
        using var document = site.Province.Province();
        var identity = document.RootElement.GetProperty("identity").GetString()!;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.Start(playwright);
        var findings = new List<string>();
        foreach (var (locale, scheme, person) in new[] { ("vi-VN", ColorScheme.Light, site.Somebody()), ("en-GB", ColorScheme.Dark, site.Somebody()) })
        {
            var context = await Chromium.Window(browser, new BrowserNewContextOptions
            {
                Locale = locale,
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = Narrow, Height = 640 },
            });
            var page = await context.NewPageAsync();
            await Visit(page, identity, person, findings);
            Assert.Equal(locale[..2], await page.GetAttributeAsync("html", "lang"));
        }

        Assert.Empty(findings);
    }

    private static async Task Visit(IPage page, string identity, JsonElement person, List<string> findings)
    {
        foreach (var path in Open)
        {
            await page.GotoAsync(identity + path);
            await Look(page, findings);
        }

        await page.GotoAsync(identity + "account/devices");
        await Look(page, findings);
        await LogIn(page, person.GetProperty("personalId").GetString()!, "một mật khẩu sai hoàn toàn");
        await Look(page, findings);
        await LogIn(page, person.GetProperty("personalId").GetString()!, person.GetProperty("password").GetString()!);
        await Look(page, findings);
        await page.FillAsync("#code", AppCode.Of(person.GetProperty("totpSecret").GetString()!, TimeProvider.System.GetUtcNow()));
        await page.ClickAsync("form[action^='/login/totp'] button");
        await Look(page, findings);
        await page.ClickAsync("form[action='/account/devices/approving'] button");
        await Look(page, findings);
        await page.ClickAsync("form[action='/account/devices/totp'] button");
        await Look(page, findings);
        await page.GotoAsync(identity + "account/devices");
        await page.ClickAsync("form[action='/account/devices/recovery-codes'] button");
        await Look(page, findings);
        foreach (var path in Own)
        {
            await page.GotoAsync(identity + path);
            await Look(page, findings);
        }
    }

    private static async Task LogIn(IPage page, string number, string password)
    {
        await page.FillAsync("#number", number);
        await page.FillAsync("#password", password);
        await page.ClickAsync("form[action^='/login?'] button");
    }

    // The page of a device waits for questions without scripts; who is disturbed by that stops it there.
    private static Dictionary<string, RuleOptions> Rules(Uri at) =>
        at.PathAndQuery == "/app" ? new() { ["meta-refresh"] = new RuleOptions { Enabled = false } } : [];

    private static async Task Look(IPage page, List<string> findings)
    {
        var where = $"{new Uri(page.Url).AbsolutePath} ({await page.GetAttributeAsync("html", "lang")})";
        var result = await page.RunAxe(new AxeRunOptions { Rules = Rules(new Uri(page.Url)) });
        findings.AddRange(result.Violations.Select(violation => $"{where}: {violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (width > Narrow)
        {
            findings.Add($"{where}: {width} pixels wide");
        }
    }
}
