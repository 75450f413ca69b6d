using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Dpop;

namespace Platform.Identity.Engine.Dpop;

/// <summary>Says in WWW-Authenticate why an access token does not count here, in the scheme in which it came (RFC 6750, RFC 9449 section 7.1).</summary>
static class TokenChallenge
{
    /// <summary>The scheme of a token that is shown with a proof, as it begins the Authorization header.</summary>
    public const string Dpop = "DPoP ";

    static readonly string Algorithms = $"algs=\"{string.Join(' ', DpopProof.Algorithms)}\"";

    /// <summary>Without an error no token was shown, and there is nothing to be said of it.</summary>
    public static void Write(HttpContext context, string? error = null, string? told = null)
    {
        var why = $"error=\"{error}\", error_description=\"{told}\"";
        context.Response.Headers[HeaderNames.WWWAuthenticate] =
            error is null ? new StringValues(["Bearer", Dpop + Algorithms])
            : context.Request.Headers.Authorization is [{ } shown] && shown.StartsWith(Dpop, StringComparison.OrdinalIgnoreCase) ? $"{Dpop}{why}, {Algorithms}"
            : new StringValues([$"Bearer {why}", Dpop + Algorithms]);
    }
}
