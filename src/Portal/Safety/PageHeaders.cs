using Microsoft.Extensions.Options;

namespace Platform.Portal.Safety;

/// <summary>What browsers may do with a page: show it, send its forms here, nothing else. No frame, no foreign or inline script, no copy kept.</summary>
sealed class PageHeaders(IOptions<PortalOptions> options)
{
    const string OneYear = "max-age=31536000";

    // A form may end at the identity server: sending it without a session leads there, and browsers follow redirects only to where forms may go.
    readonly string _policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; worker-src 'self'; "
        + $"form-action 'self' {options.Value.Identity!.GetLeftPart(UriPartial.Authority)}; frame-ancestors 'none'; base-uri 'none'";

    public void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (options.Value is { IsSecure: true, PublicAddress.IsLoopback: false })
        {
            headers.StrictTransportSecurity = OneYear;
        }
    }
}
