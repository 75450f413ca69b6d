using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;

namespace Platform.Identity.Engine.People;

/// <summary>All that was ever issued on one authorization of one relying party.</summary>
sealed class GrantFamily(IOpenIddictAuthorizationManager authorizations, IOpenIddictTokenManager tokens, EidAccounts accounts, IdentityAudit audit)
{
    /// <summary>A code or refresh token came a second time: somebody has a copy, so nobody keeps anything.</summary>
    public Task RevokeForReuse(ClaimsPrincipal used, string clientId, CancellationToken ct)
    {
        audit.ReuseDetected(clientId, used.HasTokenType(OpenIddictConstants.TokenTypeIdentifiers.RefreshToken) ? "refresh_token" : "code");
        return Revoke(used, clientId, ct);
    }

    /// <summary>
    /// Revokes the grant with every code and token of it, and takes the relying party out of the session, so that its access tokens are refused at the next
    /// call.
    /// </summary>
    public async Task Revoke(ClaimsPrincipal member, string clientId, CancellationToken ct)
    {
        if (member.GetAuthorizationId() is { } id)
        {
            // The grant first: a refresh that runs at this moment may still write its new token, which then belongs to nothing.
            if (await authorizations.FindByIdAsync(id, ct) is { } authorization)
            {
                await authorizations.TryRevokeAsync(authorization, ct);
            }
            await tokens.RevokeByAuthorizationIdAsync(id, ct);
        }
        await Leave(SessionReference.OfGrant(member), clientId);
    }

    /// <summary>Ends the stay that a token belongs to; if the relying party has left and come back since, it stays.</summary>
    public async Task Leave(TokenSession token, string clientId)
    {
        if (await token.Live(accounts, clientId) is not null)
        {
            await accounts.Tell(token.Number, account => account.LeaveSession(token.Session, clientId));
        }
    }
}
