using Microsoft.Extensions.Options;
using Platform.Portal.Pages.Failures;

namespace Platform.Portal.Safety;

/// <summary>
/// Refuses what another site makes a browser send, before anybody looks at cookies. Browsers say where a form comes from in Sec-Fetch-Site; older ones in
/// Origin, where our pages, which name no referrer, make them say "null".
/// </summary>
sealed class FormOrigin(RequestDelegate next, IOptions<PortalOptions> options)
{
    readonly string _own = options.Value.PublicAddress!.GetLeftPart(UriPartial.Authority);

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || IsOurs(context.Request.Headers)
            ? next(context)
            : Failure.ForeignForm.Show(context);

    bool IsOurs(IHeaderDictionary headers) => headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
        ? site == "same-origin"
        : headers.Origin is [] or ["null"] || (headers.Origin is [{ } origin] && origin.Equals(_own, StringComparison.OrdinalIgnoreCase));
}
