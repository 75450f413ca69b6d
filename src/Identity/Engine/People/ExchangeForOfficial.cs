using System.Security.Claims;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Accounts;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// Token exchange (RFC 8693): a sector system that was handed the access token of an official, logged in at the system's own relying party, gets a token
/// with which it acts for that official. The official must be of level 2, and is asked after at every call.
/// </summary>
sealed class ExchangeForOfficial(EidAccounts accounts, Subjects subjects, SessionReference references, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    const string Actor = "act";
    const int NeededLevel = 2;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<ExchangeForOfficial>()
            .SetOrder(2)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsTokenExchangeGrantType())
        {
            return;
        }
        var authentication = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)!;
        var system = context.ClientId!;
        if (authentication.SubjectTokenPrincipal is not { } token || !token.HasAudience(system) || token.HasClaim(Actor)
            || references.Read(token) is not { } reference)
        {
            context.Reject(Errors.InvalidGrant, "The subject_token is not an access token of a person that was issued for this system.");
            return;
        }
        if (await reference.Live(accounts, token.GetClaim(Claims.ClientId)) is not { } session || session.Level < NeededLevel)
        {
            context.Reject(Errors.InvalidGrant, "The official's session has ended or is not of level 2; the official must log in again.");
            return;
        }
        var identity = new ClaimsIdentity("token-exchange");
        identity.SetClaim(Claims.Subject, subjects.Of(Subjects.ApiSector, reference.Number))
            .SetClaim(Actor, new JsonObject { [Claims.Subject] = system })
            .SetClaim(PersonToken.PersonalId, reference.Number.Reveal())
            .SetClaim(PersonToken.SessionId, session.Id)
            .SetClaim(PersonToken.Stay, reference.Stay)
            .SetClaim(PersonToken.AuthTime, session.AuthenticatedAt.ToUnixTimeSeconds())
            .SetClaim(Claims.AuthenticationContextReference, IdentityLevels.Acr(session.Level))
            .SetClaims(Claims.AuthenticationMethodReference, session.Amr);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.Request.GetScopes());
        principal.SetResources(GrantMachineToken.ApiAudience);
        principal.SetDestinations(_ => [Destinations.AccessToken]);
        // What is made from a token does not outlive it.
        var left = token.GetExpirationDate() - clock.GetUtcNow();
        principal.SetAccessTokenLifetime(left < context.Options.AccessTokenLifetime ? left : context.Options.AccessTokenLifetime);
        context.Principal = principal;
    }
}
