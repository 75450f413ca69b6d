using Microsoft.Extensions.Options;

namespace Platform.Identity;

/// <summary>
/// Tells browsers to come by TLS alone (RFC 6797), whoever answers: also where TLS ends in front of this process, which then sees plain requests. Not on
/// a loopback, where other programs share the host name.
/// </summary>
static class TransportSecurity
{
    const string OneYear = "max-age=31536000";

    public static void UseTransportSecurity(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.Issuer is { IsLoopback: false } issuer && issuer.Scheme == Uri.UriSchemeHttps)
        {
            app.Use((context, next) =>
            {
                context.Response.Headers.StrictTransportSecurity = OneYear;
                return next(context);
            });
        }
    }
}
