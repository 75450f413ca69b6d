using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Contracts;
using Platform.Identity.Engine.Dpop;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Engine.People;

/// <summary>Puts into codes and tokens what each reader may see, and nothing else.</summary>
sealed class PersonPrincipal(Subjects subjects)
{
    /// <summary>The content of an authorization code; tokens are made from it.</summary>
    public ClaimsPrincipal ForCode(OpenIddictRequest request, RelyingParty party, CurrentSession current, SessionClient client, string? details)
    {
        var identity = new ClaimsIdentity("eid");
        identity.SetClaim(Claims.Subject, client.Subject)
            .SetClaim(PersonToken.Number, current.Number.Reveal())
            .SetClaim(PersonToken.Session, current.Session.Id)
            .SetClaim(PersonToken.InnerStay, client.Stay)
            .SetClaim(PersonToken.Details, details)
            .SetClaim(PersonToken.BoundKey, (string?)request.GetParameter(ProveKey.KeyParameter));
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        principal.SetResources(Audiences(party, request.GetScopes()));
        Describe(principal, party.ClientId, current.Session);
        return principal;
    }

    /// <summary>Brings a code's or refresh token's principal up to the session as it is now.</summary>
    public void Describe(ClaimsPrincipal principal, string clientId, EidSessionView session)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.SetClaim(Claims.AuthenticationContextReference, IdentityLevels.Acr(session.Level))
            .SetClaims(Claims.AuthenticationMethodReference, session.Amr)
            .SetClaim(PersonToken.AuthTime, session.AuthenticatedAt.ToUnixTimeSeconds())
            .SetClaim(PersonToken.SessionId, subjects.SidOf(clientId, session.Id));
        principal.SetDestinations(claim => claim.Type switch
        {
            Claims.AuthenticationContextReference or Claims.AuthenticationMethodReference or PersonToken.AuthTime =>
                [Destinations.AccessToken, Destinations.IdentityToken],
            PersonToken.SessionId => [Destinations.IdentityToken],
            _ => [],
        });
    }

    static IEnumerable<string> Audiences(RelyingParty party, IReadOnlyCollection<string> scopes)
    {
        if (scopes.Intersect(PersonScopes.Api).Any())
        {
            yield return GrantMachineToken.ApiAudience;
        }
        if (party.System is { } system)
        {
            yield return system;
        }
        yield return EngineSetup.OwnAudience;
    }
}
