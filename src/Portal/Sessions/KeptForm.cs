using Platform.Portal.Safety;

namespace Platform.Portal.Sessions;

/// <summary>What a person had typed when it turned out that they must log in again.</summary>
sealed record KeptForm
{
    /// <summary>Path of the page that shows the form.</summary>
    public required string Page { get; init; }

    public required Dictionary<string, string[]> Fields { get; init; }
}

/// <summary>Keeps a form in the browser, encrypted, until the person is back.</summary>
sealed class KeptForms(SafeCookies cookies)
{
    /// <summary>The hidden field that says on which page a form stands.</summary>
    public const string PageField = "_page";

    /// <summary>The hidden field with the operation id.</summary>
    public const string OperationField = "_operation";

    /// <summary>A field with somebody's personal number: it goes from the form to the API and is kept nowhere, so it has to be typed again.</summary>
    public const string PersonalNumberField = "personalId";

    const string Cookie = "portal-kept";
    static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public void Keep(HttpContext context, IFormCollection form, string page) => cookies.Write(
        context,
        Cookie,
        new KeptForm
        {
            Page = PathOf(page),
            Fields = form.Where(field => field.Key is not (FormTokens.Field or PageField or PersonalNumberField)).ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray()),
        },
        Life);

    /// <summary>What was kept for this page; it is then gone.</summary>
    public KeptForm? Take(HttpContext context)
    {
        if (cookies.Read<KeptForm>(context, Cookie) is not { } kept || kept.Page != context.Request.Path.Value)
        {
            return null;
        }
        cookies.Delete(context, Cookie);
        return kept;
    }

    static string PathOf(string page) => page.Split('?')[0];
}
