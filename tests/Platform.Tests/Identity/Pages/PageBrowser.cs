using System.Net;
using System.Text.RegularExpressions;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

/// <summary>A browser that reads pages, follows this server's redirects and sends their forms as they are.</summary>
internal sealed partial class PageBrowser(PeopleServer people, int server = 0)
{
    const int MostSteps = 8;

    public Browser Browser { get; } = people.Open(server);

    public string Language { get; set; } = "en";

    public async Task<Sheet> Get(string path) => await Follow(await Fetch(path), path);

    public async Task<HttpResponseMessage> Fetch(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path.TrimStart('/'));
        request.Headers.AcceptLanguage.ParseAdd(Language);
        return await Browser.Send(request);
    }

    /// <summary>Sends the form with this action, with its own hidden fields and what is filled in.</summary>
    public async Task<Sheet> Submit(Sheet sheet, string action, params (string Name, string Value)[] fields) =>
        await Follow(await Post(sheet, action, fields), action);

    public async Task<HttpResponseMessage> Post(Sheet sheet, string action, params (string Name, string Value)[] fields)
    {
        var form = Form().Matches(sheet.Html).FirstOrDefault(one => WebUtility.HtmlDecode(one.Groups["action"].Value).Split('?')[0] == action);
        Assert.True(form is not null, $"No form for {action} on {sheet.Path}: {sheet.Text}");
        var hidden = Hidden().Matches(form.Value)
            .Select(field => (Name: field.Groups["name"].Value, Value: WebUtility.HtmlDecode(field.Groups["value"].Value)))
            .Where(field => fields.All(filled => filled.Name != field.Name));
        return await PostRaw(WebUtility.HtmlDecode(form.Groups["action"].Value), [.. hidden, .. fields]);
    }

    public async Task<HttpResponseMessage> PostRaw(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path.TrimStart('/'))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.AcceptLanguage.ParseAdd(Language);
        return await Browser.Send(request);
    }

    public async Task<Sheet> Follow(HttpResponseMessage answer, string path)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var location = answer.Headers.Location?.OriginalString;
            var next = location ?? (AtOnce().Match(html) is { Success: true } refresh ? WebUtility.HtmlDecode(refresh.Groups["url"].Value) : null);
            if (next is null || !next.StartsWith('/'))
            {
                return new Sheet(answer, location ?? path, html);
            }
            path = next;
            answer = await Fetch(next);
        }
        throw new InvalidOperationException($"The browser is sent around in a circle at {path}.");
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=(?<url>[^\"]*)\"")]
    private static partial Regex AtOnce();
}

/// <summary>A page as it came.</summary>
internal sealed partial record Sheet(HttpResponseMessage Answer, string Path, string Html)
{
    public HttpStatusCode Status => Answer.StatusCode;

    /// <summary>What people read.</summary>
    public string Text => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Html, " ")), " ");

    public string Title => WebUtility.HtmlDecode(Heading().Match(Html).Groups[1].Value).Trim();

    public string Data(string name) => WebUtility.HtmlDecode(Regex.Match(Html, $"data-{name}=\"([^\"]*)\"").Groups[1].Value);

    public string Interaction => Path.Split("interaction=")[1].Split('&')[0];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex Heading();
}
