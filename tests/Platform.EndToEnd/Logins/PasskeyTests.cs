using Microsoft.Playwright;
using Platform.Local;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>A real browser with a virtual authenticator (WebAuthn over the DevTools protocol).</summary>
[Collection(LoginsProvince.Collection)]
public sealed class PasskeyTests(LoginsProvince site)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_citizen_registers_a_passkey_and_logs_in_with_it_alone_at_level_2()
    {
        Chromium.Need();
        using var document = site.Province.Province();
        var identity = document.RootElement.GetProperty("identity").GetString()!;
        var person = site.Somebody();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.Start(playwright);
        var context = await Chromium.Window(browser, new BrowserNewContextOptions { Locale = "en-GB" });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(identity, StringComparison.Ordinal))
            {
                complaints.Add($"a request to {new Uri(request.Url).Host}");
            }
        };
        await AddAuthenticator(context, page);

        await page.GotoAsync(identity + "account/devices");
        await page.FillAsync("#number", person.GetProperty("personalId").GetString()!);
        await page.FillAsync("#password", person.GetProperty("password").GetString()!);
        await page.ClickAsync("form[action^='/login?'] button");
        await page.FillAsync("#code", AppCode.Of(person.GetProperty("totpSecret").GetString()!, TimeProvider.System.GetUtcNow()));
        await page.ClickAsync("form[action^='/login/totp'] button");
        await page.ClickAsync("form[data-passkey='create'] button");
        await page.WaitForSelectorAsync("form[action='/account/devices/remove'] >> nth=1");

        await context.ClearCookiesAsync();
        await page.GotoAsync(identity + "account");
        await page.ClickAsync("form[data-passkey='get'] button");
        // Committed, not loaded: a page that is quick may have loaded before anybody waits for it.
        await page.WaitForURLAsync("**/account", new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });

        Assert.Contains("level 2", await page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(complaints);
    }

    private static async Task AddAuthenticator(IBrowserContext context, IPage page)
    {
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
