using Microsoft.Net.Http.Headers;
using Platform.Api.Limits;
using Platform.Api.Problems;
using Platform.Hosting.Dpop;

namespace Platform.Api.Callers;

/// <summary>Answers a token that does not count, as a problem and in WWW-Authenticate (RFC 6750, RFC 9449).</summary>
sealed class Challenges(FailureLimiter failures)
{
    static readonly string Algorithms = $"algs=\"{string.Join(' ', DpopProof.Algorithms)}\"";

    /// <summary>For a request that nobody vouches for yet: those of one address are counted.</summary>
    public async Task RefuseStranger(HttpContext context, ApiError code, string? told = null)
    {
        if (failures.Refuse(context) is { } limited)
        {
            await limited.ExecuteAsync(context);
            return;
        }

        await Refuse(context, code, told);
    }

    public static Task Refuse(HttpContext context, ApiError code, string? told = null)
    {
        if (code.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] =
                code == ErrorCodes.TokenMissing ? new[] { "Bearer", $"DPoP {Algorithms}" } : Describe(context, code, told ?? code.Code);
        }

        return ((Refusal)code).ExecuteAsync(context);
    }

    /// <summary>The scheme to answer in: that of the request, or the one that the token needs.</summary>
    public static string SchemeOf(HttpContext context) =>
        PresentedToken.Of(context).By == Presentation.Dpop || context.Features.Get<TokenClaims>()?.Binding.KeyThumbprint is not null ? "DPoP" : "Bearer";

    static string Describe(HttpContext context, ApiError code, string told)
    {
        var error = code == ErrorCodes.TokenProofInvalid || code == ErrorCodes.TokenProofReplayed ? "invalid_dpop_proof"
            : code == ErrorCodes.TokenNonceNeeded ? "use_dpop_nonce"
            : code == ErrorCodes.TokenSeveral ? "invalid_request"
            : "invalid_token";
        var scheme = SchemeOf(context);
        return $"{scheme} error=\"{error}\", error_description=\"{told}\"{(scheme == "DPoP" ? $", {Algorithms}" : "")}";
    }
}
