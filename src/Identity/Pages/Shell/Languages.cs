using Microsoft.Extensions.Options;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Shell;

/// <summary>Which of the two languages a page speaks: what the person chose here, else what the relying party said, else the browser's wish.</summary>
static class Languages
{
    public const string Vietnamese = "vi";
    public const string English = "en";
    public const string Parameter = "lang";

    public static string Choose(HttpContext context, string? asked)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value;
        var cookie = SafeCookies.Name("eid-language", options);
        if (Known(context.Request.Query[Parameter]) is { } chosen)
        {
            context.Response.Cookies.Append(cookie, chosen, SafeCookies.Options(options));
            return chosen;
        }
        return Known(asked) ?? Known(context.Request.Cookies[cookie]) ?? Wished(context) ?? Vietnamese;
    }

    static string? Known(string? language) => language is Vietnamese or English ? language : null;

    static string? Wished(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wish => wish.Quality ?? 1)
        .Select(wish => Known(wish.Value.ToString().Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(known => known is not null);
}
