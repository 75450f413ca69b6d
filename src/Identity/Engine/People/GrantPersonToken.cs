using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Codes and refresh tokens become tokens only while the session lives, only at its level now, and only for the key they were bound to.</summary>
sealed class GrantPersonToken(
    EidAccounts accounts, PersonPrincipal principals, RelyingParties.RelyingParties parties, IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<GrantPersonToken>()
            .SetOrder(1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType() && !context.Request.IsRefreshTokenGrantType())
        {
            return;
        }
        var application = await applications.FindByClientIdAsync(context.ClientId!, context.CancellationToken)
            ?? throw new InvalidOperationException("The client was found and has gone since.");
        if (await parties.Find(context.ClientId!, context.CancellationToken) is not { } party)
        {
            context.Reject(Errors.InvalidClient, "The client is disabled.");
            return;
        }
        var authentication = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)!;
        var presented = (authentication.AuthorizationCodePrincipal ?? authentication.RefreshTokenPrincipal)!;
        var key = SenderBinding.KeyOf(context.Transaction);
        if (presented.GetClaim(PersonToken.BoundKey) is { } bound && bound != key)
        {
            context.Reject(Errors.InvalidGrant, "The code or refresh token is bound to another key than the DPoP proof shows.");
            return;
        }
        var token = SessionReference.OfGrant(presented);
        if (await token.Live(accounts, context.ClientId) is not { } live)
        {
            context.Reject(Errors.InvalidGrant, "The session has ended, or the tokens were given back; the person must log in again.");
            return;
        }
        // A lost level is lost for what was granted on it too; the token stays good, in case the level comes back.
        if (live.Level < party.MinLevel)
        {
            context.Reject(AuthorizationAsk.UnmetRequirements, "The person no longer has the level that this client needs; the person must log in again.");
            return;
        }
        var principal = presented.Clone(_ => true);
        principals.Describe(principal, context.ClientId!, live);
        LiveSession.Keep(context.Transaction, token, live);
        // A confidential client's refresh tokens are bound to the client itself, which may change its key (RFC 9449 section 5).
        var isPublic = await applications.HasClientTypeAsync(application, ClientTypes.Public, context.CancellationToken);
        principal.SetClaim(PersonToken.BoundKey, isPublic ? key : null);
        context.Principal = principal;
    }
}
