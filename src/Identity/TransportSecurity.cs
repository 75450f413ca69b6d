using Microsoft.Extensions.Options;

namespace Platform.Identity;

/// <summary>
/// Tells browsers to come by TLS alone (RFC 6797), whoever answers: also where TLS ends in front of this process, which then sees plain requests. Not on
/// a loopback, where other programs share the host name.
/// </summary>
static class TransportSecurity
{
    const string OneYear = "max-age=31536000";

    public static void UseTransportSecurity(this WebApplication app) => app.Use((context, next) =>
    {
        var issuer = context.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.Issuer!;
        if (issuer.Scheme == Uri.UriSchemeHttps && !issuer.IsLoopback)
        {
            context.Response.Headers.StrictTransportSecurity = OneYear;
        }
        return next(context);
    });
}
