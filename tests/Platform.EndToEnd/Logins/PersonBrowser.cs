using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Local;

namespace Platform.EndToEnd.Logins;

/// <summary>A person at a browser without scripts: follows redirects, fills in the forms of the identity server's pages, keeps cookies.</summary>
internal sealed partial class PersonBrowser : IDisposable
{
    private const int MostSteps = 20;
    private readonly HttpClient _http = new(new Again { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() } });
    private readonly JsonElement _person;

    public PersonBrowser(ProvinceProcess province, int person = 0)
        : this(JsonElement.Parse(File.ReadAllText(Path.Combine(province.Data, "people.json")))[person])
    {
    }

    /// <summary>For a person out of <c>people.json</c>.</summary>
    public PersonBrowser(JsonElement person) => _person = person;

    /// <summary>Where it is.</summary>
    public Uri At { get; private set; } = new("about:blank");

    /// <summary>The page at which it ended.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Opens an address and does what its pages ask until the browser is sent to <paramref name="end"/>; gives that address.</summary>
    public async Task<Uri> Open(string address, string end, CancellationToken ct)
    {
        var at = new Uri(address);
        using var first = await _http.GetAsync(at, ct);
        var answer = first;
        for (var step = 0; step < MostSteps; step++)
        {
            if (answer.Headers.Location is { } location)
            {
                at = new Uri(at, location);
                if (at.AbsoluteUri.StartsWith(end, StringComparison.Ordinal))
                {
                    return at;
                }

                answer = await _http.GetAsync(at, ct);
                continue;
            }

            Page = await answer.Content.ReadAsStringAsync(ct);
            (at, answer) = await Answer(at, answer.StatusCode, ct);
        }

        throw new InvalidOperationException($"The browser ended at {at.AbsolutePath}.");
    }

    /// <summary>Opens an address and follows redirects to a page; gives its address.</summary>
    public async Task<Uri> Look(string address, CancellationToken ct)
    {
        var at = new Uri(address);
        while (true)
        {
            using var answer = await _http.GetAsync(at, ct);
            if (answer.Headers.Location is not { } location)
            {
                Page = await answer.Content.ReadAsStringAsync(ct);
                return At = at;
            }

            at = new Uri(at, location);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Does once what a page asks that says the service is busy: waits as long as it says, and asks again.</summary>
    private sealed class Again : DelegatingHandler
    {
        private bool _waited;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (_waited || answer.StatusCode != HttpStatusCode.ServiceUnavailable || answer.Headers.RetryAfter?.Delta is not { } wait)
            {
                return answer;
            }

            _waited = true;
            answer.Dispose();
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private async Task<(Uri At, HttpResponseMessage Answer)> Answer(Uri at, HttpStatusCode status, CancellationToken ct)
    {
        if (Refresh().Match(Page) is { Success: true } onward)
        {
            var next = new Uri(at, WebUtility.HtmlDecode(onward.Groups["url"].Value));
            return (next, await _http.GetAsync(next, ct));
        }

        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = Token().Match(Page).Groups["value"].Value };
        if (Page.Contains("name=\"password\"", StringComparison.Ordinal))
        {
            fields["number"] = _person.GetProperty("personalId").GetString()!;
            fields["password"] = _person.GetProperty("password").GetString()!;
        }
        else if (Page.Contains("name=\"code\"", StringComparison.Ordinal))
        {
            fields["code"] = AppCode.Of(_person.GetProperty("totpSecret").GetString()!, TimeProvider.System.GetUtcNow());
        }
        else
        {
            throw new InvalidOperationException($"{(int)status} at {at.AbsolutePath}: \"{Heading().Match(Page).Groups["text"].Value.Trim()}\" asks for nothing that a test knows.");
        }

        var form = Form().Matches(Page).First(match => match.Groups["inner"].Value.Contains(fields.ContainsKey("code") ? "name=\"code\"" : "name=\"password\"", StringComparison.Ordinal));
        var action = new Uri(at, WebUtility.HtmlDecode(form.Groups["action"].Value));
        using var body = new FormUrlEncodedContent(fields);
        return (action, await _http.PostAsync(action, body, ct));
    }

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=(?<url>[^\"]+)\"")]
    private static partial Regex Refresh();

    [GeneratedRegex("<h1[^>]*>(?<text>[^<]*)<")]
    private static partial Regex Heading();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]+)\"[^>]*>(?<inner>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();
}
