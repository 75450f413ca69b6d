using Microsoft.Playwright;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>The browser of the machine, without a window.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>How long a page may take on a machine that is busy with all other tests.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(90);

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Where it is not installed the test is skipped, but not in CI.</summary>
    public static void Need()
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Chromium is missing.");
            Assert.Skip("Chromium is not installed at /usr/bin/chromium.");
        }
    }

    /// <summary>A window with cookies of its own.</summary>
    public static async Task<IBrowserContext> Window(IBrowser browser, BrowserNewContextOptions options)
    {
        var window = await browser.NewContextAsync(options);
        window.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return window;
    }

    public static Task<IBrowser> Start(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Arguments });
}
