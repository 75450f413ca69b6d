using System.Text.Json;
using Microsoft.Playwright;
using Platform.EndToEnd.Logins;
using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>One province and one browser program for all tests that do not stop it; each test has a person of its own, for a code of an app counts once.</summary>
[CollectionDefinition(Collection)]
public sealed class PortalSite : IAsyncLifetime, ICollectionFixture<PortalSite>
{
    public const string Collection = "portal";

    private readonly List<Demo> _people = [];
    private IPlaywright _playwright = null!;
    private int _next;

    public ProvinceProcess Province { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public string Identity { get; private set; } = "";

    public string Address { get; private set; } = "";

    /// <summary>Whom the newcomer logs in as first.</summary>
    public Demo Storied => _people[0];

    public Demo Officer => _people.First(person => person.Roles.Contains("one-stop-officer"));

    public async ValueTask InitializeAsync()
    {
        Chromium.Need();
        Province = await ProvinceProcess.Start(ProvinceProcess.NewData(), ProvinceProcess.FreeBasePort());
        await Open();
    }

    /// <summary>For tests that start a province in their own way.</summary>
    public static async Task<PortalSite> Start(Func<Task<ProvinceProcess>> start)
    {
        Chromium.Need();
        var site = new PortalSite { Province = await start() };
        await site.Open();
        return site;
    }

    /// <summary>A person whom no other test uses.</summary>
    public Demo Somebody() => _people.Where(person => person != Storied && person != Officer).ElementAt(Interlocked.Increment(ref _next) - 1);

    /// <summary>A browser window of its own, with its own cookies.</summary>
    internal async Task<Visitor> Window(string language = "vi", int width = 1280, bool dark = false, bool scripts = true)
    {
        var context = await Chromium.Window(Browser, new BrowserNewContextOptions
        {
            Locale = language == "vi" ? "vi-VN" : "en-GB",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            JavaScriptEnabled = scripts,
            TimezoneId = "Asia/Ho_Chi_Minh",
        });
        if (language == "en")
        {
            await context.AddCookiesAsync([new Cookie { Name = "language", Value = "en", Url = Address }]);
        }

        return new Visitor(await context.NewPageAsync(), Address, Identity, width, scripts);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
            _playwright.Dispose();
            await Province.DisposeAsync();
        }
    }

    private async Task Open()
    {
        using var document = Province.Province();
        Identity = document.RootElement.GetProperty("identity").GetString()!;
        Address = document.RootElement.GetProperty("portal").GetString()!;
        var people = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(Province.Data, "people.json")));
        _people.AddRange(people.EnumerateArray().Select(person => new Demo(
            person.GetProperty("personalId").GetString()!,
            person.GetProperty("name").GetString()!,
            person.GetProperty("password").GetString()!,
            person.GetProperty("totpSecret").GetString()!,
            [.. person.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)])));
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.Start(_playwright);
    }
}

/// <summary>A person of the demonstration, with what only that person knows.</summary>
public sealed record Demo(string Number, string Name, string Password, string Secret, IReadOnlyList<string> Roles);
