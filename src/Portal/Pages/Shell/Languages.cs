using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Shell;

/// <summary>Which of the two languages a page speaks: what the person chose here, else the browser's wish.</summary>
static class Languages
{
    public const string Vietnamese = "vi";
    public const string English = "en";
    const string Cookie = "portal-language";
    static readonly TimeSpan Life = TimeSpan.FromDays(365);

    public static string Choose(HttpContext context) =>
        Known(context.Request.Cookies[context.RequestServices.GetRequiredService<SafeCookies>().Name(Cookie)]) ?? Wished(context) ?? Vietnamese;

    /// <summary>Keeps a choice and goes back to where it was made.</summary>
    public static IResult Set(HttpContext context, SafeCookies cookies, string language, string? back)
    {
        if (Known(language) is { } known)
        {
            context.Response.Cookies.Append(cookies.Name(Cookie), known, cookies.Options(Life));
        }
        return new SeeOther(LocalPath.Or(back, Addresses.Home));
    }

    static string? Known(string? language) => language is Vietnamese or English ? language : null;

    static string? Wished(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wish => wish.Quality ?? 1)
        .Select(wish => Known(wish.Value.ToString().Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(known => known is not null);
}
