using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>A browser as far as the portal needs one: cookies, redirects, the identity server's login, and forms sent as they are.</summary>
internal sealed partial class PortalBrowser(TestServer server, FakeIdentity identity)
{
    const int MostSteps = 10;

    public Dictionary<string, string> Cookies { get; private init; } = [];

    public string Language { get; init; } = "en";

    /// <summary>Another tab or a copy of the browser: it has the cookies of now and then goes its own way.</summary>
    public PortalBrowser Copy() => new(server, identity) { Language = Language, Cookies = new(Cookies) };

    public async Task<PortalPage> Get(string path) => await Follow(await Fetch(path), path);

    public Task<HttpResponseMessage> Fetch(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Sends the form with this action as the page has it, with what is filled in.</summary>
    public async Task<PortalPage> Submit(PortalPage page, string action, params (string Name, string Value)[] fields) =>
        await Follow(await Post(page, action, fields), action);

    public async Task<HttpResponseMessage> Post(PortalPage page, string action, params (string Name, string Value)[] fields)
    {
        var form = Form().Matches(page.Html).FirstOrDefault(one => WebUtility.HtmlDecode(one.Groups["action"].Value) == action);
        Assert.True(form is not null, $"No form for {action} on {page.Path}: {page.Text}");
        var hidden = Hidden().Matches(form.Value)
            .Select(field => (Name: field.Groups["name"].Value, Value: WebUtility.HtmlDecode(field.Groups["value"].Value)))
            .Where(field => fields.All(filled => filled.Name != field.Name));
        return await PostRaw(action, [.. hidden, .. fields]);
    }

    public Task<HttpResponseMessage> PostRaw(string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers) => Send(
        HttpMethod.Post,
        path,
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        headers.Length > 0 ? headers : [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate")]);

    public async Task<PortalPage> Follow(HttpResponseMessage answer, string path)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (answer.Headers.Location?.OriginalString is not { } location)
            {
                return new PortalPage(answer, path, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
            if (location.StartsWith(PortalPlace.Issuer.AbsoluteUri + "authorize", StringComparison.Ordinal))
            {
                location = identity.Authorize(location);
            }
            path = location.Replace(PortalPlace.Address.AbsoluteUri, "/", StringComparison.Ordinal);
            if (!path.StartsWith('/'))
            {
                return new PortalPage(answer, path, "");
            }
            answer = await Fetch(path);
        }
        throw new InvalidOperationException($"The browser is sent around in a circle at {path}.");
    }

    async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var client = server.CreateClient();
        client.BaseAddress = PortalPlace.Address;
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd(Language);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            Assert.StartsWith("__Host-", set, StringComparison.Ordinal);
            Assert.Contains("; secure; samesite=lax; httponly", set, StringComparison.OrdinalIgnoreCase);
            var (name, value) = (set.Split('=')[0], set.Split('=', 2)[1].Split(';')[0]);
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
        return answer;
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}

/// <summary>A page as it came.</summary>
internal sealed partial record PortalPage(HttpResponseMessage Answer, string Path, string Html)
{
    public HttpStatusCode Status => Answer.StatusCode;

    /// <summary>What people read.</summary>
    public string Text => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Html, " ")), " ");

    public string Heading => WebUtility.HtmlDecode(H1().Match(Html).Groups[1].Value).Trim();

    public string Title => WebUtility.HtmlDecode(TitleElement().Match(Html).Groups[1].Value).Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex H1();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex TitleElement();
}
