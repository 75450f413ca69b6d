using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Platform.EndToEnd.Logins;
using Platform.Local;
using Xunit;

namespace Platform.EndToEnd.Portal;

/// <summary>A person at a browser window; notes whatever a page should not have done.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private const int FormWithProblem = 400;
    private const int MostTabs = 120;
    private static readonly TimeSpan[] CodeSteps = [TimeSpan.FromSeconds(-30), TimeSpan.Zero, TimeSpan.FromSeconds(30)];
    private readonly List<string> _findings = [];
    private readonly string _identity;
    private bool _identifying;
    private readonly int _width;
    private readonly bool _scripts;

    public Visitor(IPage page, string address, string identity, int width, bool scripts)
    {
        (Page, Address, _identity, _width, _scripts) = (page, address, identity, width, scripts);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsExpected(message.Text) && !_identifying)
            {
                _findings.Add($"{Where}: the console says {message.Text}");
            }
        };
        page.PageError += (_, error) => _findings.Add($"{Where}: a script failed: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address, StringComparison.Ordinal) && !request.Url.StartsWith(_identity, StringComparison.Ordinal))
            {
                _findings.Add($"{Where}: a request went to {new Uri(request.Url).Host}");
            }

            if (TwelveDigits().IsMatch(Uri.UnescapeDataString(request.Url)))
            {
                _findings.Add($"{new Uri(request.Url).AbsolutePath.Split('/')[1]}: a personal number is in an address");
            }
        };
    }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>Answers that a test brings about on purpose: the console tells of each.</summary>
    public HashSet<int> ExpectedStatuses { get; } = [FormWithProblem];

    public IReadOnlyList<string> Findings => _findings;

    public async Task LogIn(Demo person, string path = "login")
    {
        await Page.GotoAsync(Address + path);
        await Identify(person);
    }

    /// <summary>Fills in the identity server's pages, from wherever they were opened.</summary>
    public async Task Identify(Demo person)
    {
        _identifying = true;
        await Page.FillAsync("#number", person.Number);
        await Page.FillAsync("#password", person.Password);
        await Page.ClickAsync("form[action^='/login?'] button");
        foreach (var step in CodeSteps)
        {
            // Each code counts once, and three are good at any moment, one of which the account may have been made with: two logins in a row, no more.
            await Page.FillAsync("#code", AppCode.Of(person.Secret, TimeProvider.System.GetUtcNow() + step));
            await Navigate(() => Page.ClickAsync("form[action^='/login/totp'] button"));
            if (await Page.Locator("a.brand[href]").CountAsync() > 0)
            {
                _identifying = false;
                return;
            }
        }

        Assert.Fail("None of the codes was accepted.");
    }

    public async Task<int> Go(string path)
    {
        var answer = await Page.GotoAsync(Address + path.TrimStart('/'));
        return answer!.Status;
    }

    /// <summary>Looks at the page with axe, at its width, its title and its language.</summary>
    public async Task Look(string? language = null)
    {
        // Axe is a script itself.
        if (_scripts)
        {
            var axe = await Page.RunAxe();
            _findings.AddRange(axe.Violations.Select(violation => $"{Where}: {violation.Id} at {string.Join(", ", violation.Nodes.Select(node => TwelveDigits().Replace(node.Html, "…")))}"));
        }

        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (width > _width)
        {
            _findings.Add($"{Where}: {width} pixels wide");
        }

        var title = await Page.TitleAsync();
        if (title.Length == 0 || TwelveDigits().IsMatch(title))
        {
            _findings.Add($"{Where}: the title is empty or has a personal number");
        }

        if (language is not null && await Page.GetAttributeAsync("html", "lang") != language)
        {
            _findings.Add($"{Where}: it is not in {language}");
        }
    }

    /// <summary>Presses Tab until the element has the focus, which must be seen.</summary>
    public async Task TabTo(string selector)
    {
        for (var press = 0; press < MostTabs; press++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
            {
                Assert.True(await Page.EvaluateAsync<bool>("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), $"The focus on {selector} cannot be seen.");
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach {selector} at {Where}.");
    }

    /// <summary>Presses Enter on what has the focus, and waits for the page that comes.</summary>
    public Task Enter() => Navigate(() => Page.Keyboard.PressAsync("Enter"));

    public Task Click(string selector) => Navigate(() => Page.ClickAsync(selector));

    public Task<string> Text() => Page.InnerTextAsync("main");

    /// <summary>Fails with all that was noted.</summary>
    public void MustBeClean() => Assert.Empty(_findings);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    public string Where => Uri.TryCreate(Page.Url, UriKind.Absolute, out var at) ? Identities().Replace(at.AbsolutePath, "…") : "?";

    private async Task Navigate(Func<Task> act)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IFrame frame)
        {
            // The identity server's page that leads on is passed without a click.
            if (frame == Page.MainFrame && new Uri(frame.Url).AbsolutePath != "/continue")
            {
                arrived.TrySetResult();
            }
        }

        Page.FrameNavigated += Arrive;
        try
        {
            await act();
            await arrived.Task.WaitAsync(Chromium.Patience);
        }
        finally
        {
            Page.FrameNavigated -= Arrive;
        }

        await Page.WaitForLoadStateAsync();
    }

    private bool IsExpected(string text) => ExpectedStatuses.Any(status => text.Contains($"status of {status}", StringComparison.Ordinal));

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Identities();
}
