using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>Tells a caller who is not let in why.</summary>
sealed class AccessAnswers(Challenges challenges) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        return authorizeResult.Challenged || context.Features.Get<TokenClaims>() is null
            ? Challenge(context)
            : Forbid(context, policy, authorizeResult.AuthorizationFailure);
    }

    async Task Challenge(HttpContext context)
    {
        // The handlers keep their result for the length of the request.
        var code = (await context.AuthenticateAsync()).Failure switch
        {
            null => ErrorCodes.TokenMissing,
            TokenRefusedException refused => refused.Code,
            SecurityTokenExpiredException => ErrorCodes.TokenExpired,
            SecurityTokenInvalidAudienceException => ErrorCodes.TokenAudienceWrong,
            _ => ErrorCodes.TokenInvalid,
        };
        await challenges.RefuseStranger(context, code);
    }

    static Task Forbid(HttpContext context, AuthorizationPolicy policy, AuthorizationFailure? failure)
    {
        var code = failure?.FailureReasons.OfType<CodedReason>().FirstOrDefault()?.Code ?? ErrorCodes.AccessRefused;
        var scheme = Challenges.SchemeOf(context);
        if (code == ErrorCodes.TokenScopeMissing)
        {
            var scopes = policy.Requirements.OfType<AccessRequirement>().SelectMany(requirement => requirement.Scopes);
            context.Response.Headers[HeaderNames.WWWAuthenticate] = $"{scheme} error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\"";
        }
        else if (code == ErrorCodes.IdentityLevelTooLow)
        {
            // RFC 9470: what the client has to ask for so that the person steps up.
            context.Response.Headers[HeaderNames.WWWAuthenticate] =
                $"{scheme} error=\"insufficient_user_authentication\", acr_values=\"{TokenClaims.Level2}\"";
        }

        return ((Refusal)code).ExecuteAsync(context);
    }
}
