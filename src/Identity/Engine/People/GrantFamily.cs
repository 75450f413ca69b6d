using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;

namespace Platform.Identity.Engine.People;

/// <summary>All that was ever issued on one authorization of one relying party.</summary>
sealed class GrantFamily(IOpenIddictTokenManager tokens, EidAccounts accounts, IdentityAudit audit)
{
    /// <summary>A code or refresh token came a second time: somebody has a copy, so nobody keeps anything.</summary>
    public Task RevokeForReuse(ClaimsPrincipal used, string clientId, CancellationToken ct)
    {
        audit.ReuseDetected(clientId, used.HasTokenType(OpenIddictConstants.TokenTypeIdentifiers.RefreshToken) ? "refresh_token" : "code");
        return Revoke(used, clientId, ct);
    }

    /// <summary>
    /// Revokes every code and token of the grant, and takes the relying party out of the session, so that the API refuses its access tokens at the next
    /// call.
    /// </summary>
    public async Task Revoke(ClaimsPrincipal member, string clientId, CancellationToken ct)
    {
        if (member.GetAuthorizationId() is { } authorization)
        {
            await tokens.RevokeByAuthorizationIdAsync(authorization, ct);
        }
        if (PersonalId.TryParse(member.GetClaim(PersonToken.Number), out var number) && member.GetClaim(PersonToken.Session) is { } session)
        {
            await accounts.Tell(number, account => account.LeaveSession(session, clientId));
        }
    }
}
