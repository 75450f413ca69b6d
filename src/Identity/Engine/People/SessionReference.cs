using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Abstractions;
using Platform.Domain.Citizens;
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

    public string Write(PersonalId number, string session) => _protector.Protect(number.Reveal() + Separator + session);

    /// <summary>Number and session of an access token, or null for a token that is not about a person.</summary>
    public (PersonalId Number, string Session)? Read(ClaimsPrincipal token)
    {
        var (number, session) = SafeCookies.Unprotect(_protector, token.GetClaim(PersonToken.Reference))?.Split(Separator) is [var one, var two]
            ? (one, two)
            : (token.GetClaim(PersonToken.PersonalId), token.GetClaim(PersonToken.SessionId));
        return PersonalId.TryParse(number, out var id) && session is { Length: > 0 } ? (id, session) : null;
    }
}
