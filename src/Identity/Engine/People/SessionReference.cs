using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Abstractions;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Sessions;

namespace Platform.Identity.Engine.People;

/// <summary>
/// How an access token leads this server back to account and session. A relying party reads its access tokens, so one that is not for the API carries
/// them encrypted.
/// </summary>
sealed class SessionReference(IDataProtectionProvider protection)
{
    const char Separator = ' ';
    readonly IDataProtector _protector = protection.CreateProtector("session-reference");

    public string Write(TokenSession session) => _protector.Protect(string.Join(Separator, session.Number.Reveal(), session.Session, session.Stay));

    /// <summary>What an access token belongs to, or null for a token that is not about a person.</summary>
    public TokenSession? Read(ClaimsPrincipal token)
    {
        var (number, session, stay) = SafeCookies.Unprotect(_protector, token.GetClaim(PersonToken.Reference))?.Split(Separator) is [var one, var two, .. var rest]
            ? (one, two, rest.FirstOrDefault())
            : (token.GetClaim(PersonToken.PersonalId), token.GetClaim(PersonToken.SessionId), token.GetClaim(PersonToken.Stay));
        return PersonalId.TryParse(number, out var id) && session is { Length: > 0 }
            ? new TokenSession(id, session, string.IsNullOrEmpty(stay) ? null : stay)
            : null;
    }

    /// <summary>What a code or refresh token belongs to.</summary>
    public static TokenSession OfGrant(ClaimsPrincipal grant) =>
        new(PersonalId.Parse(grant.GetClaim(PersonToken.Number)!), grant.GetClaim(PersonToken.Session)!, grant.GetClaim(PersonToken.InnerStay));
}

/// <summary>The person, the session, and the relying party's stay in it; a token from before stays had names has none.</summary>
sealed record TokenSession(PersonalId Number, string Session, string? Stay)
{
    /// <summary>The session as it is at this moment; null if it has ended, or if the relying party has left it since.</summary>
    public async Task<EidSessionView?> Live(EidAccounts accounts, string? clientId) =>
        clientId is not null && await accounts.Ask(Number, account => account.CheckSession(Session)) is { } live && live.Admits(clientId, Stay) ? live : null;
}
