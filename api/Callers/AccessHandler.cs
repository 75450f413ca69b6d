using Microsoft.AspNetCore.Authorization;
using Platform.Api.Problems;

namespace Platform.Api.Callers;

/// <summary>The checks on a caller in their order; the first that fails gives the code.</summary>
sealed class AccessHandler : AuthorizationHandler<AccessRequirement>
{
    const int NeededLevel = 2;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        // Without a validated token there is nothing to check, and what does not succeed is refused.
        if (context.Resource is HttpContext http && http.Features.Get<TokenClaims>() is { } claims)
        {
            if (Check(claims, requirement) is { } refused)
            {
                context.Fail(new CodedReason(this, refused));
            }
            else
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }

    static ApiError? Check(TokenClaims claims, AccessRequirement requirement)
    {
        var isAudience = requirement.For switch
        {
            Audience.System => claims.Kind == CallerKind.System,
            Audience.Citizen => claims is { Kind: CallerKind.Person, PersonalId: not null },
            Audience.Staff => claims is { Kind: CallerKind.Person, Roles.Count: > 0 },
            Audience.Official => claims is { Kind: CallerKind.Person, Roles.Count: > 0, PersonalId: not null },
            _ => false,
        };
        if (!isAudience)
        {
            return ErrorCodes.TokenWrongKind;
        }

        if (claims.Kind == CallerKind.Person && claims.Level < NeededLevel)
        {
            return ErrorCodes.IdentityLevelTooLow;
        }

        if (!requirement.Scopes.Any(claims.Scopes.Contains))
        {
            return ErrorCodes.TokenScopeMissing;
        }

        return requirement.Role is { } role && !claims.Roles.Contains(role) ? ErrorCodes.RoleMissing : null;
    }
}

sealed class CodedReason(IAuthorizationHandler handler, ApiError code) : AuthorizationFailureReason(handler, code.Code)
{
    public ApiError Code { get; } = code;
}
