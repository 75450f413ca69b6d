using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// Uses up a code or refresh token. Takes the place of OpenIddict's step, which lets two refresh requests pass that arrive at the same moment. The
/// loser is a reuse like any other: all tokens of the grant are revoked.
/// </summary>
sealed class RedeemOnce(IOpenIddictTokenManager tokens, GrantFamily family) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RedeemOnce>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token)
        {
            return;
        }
        var authentication = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        if ((authentication?.AuthorizationCodePrincipal ?? authentication?.RefreshTokenPrincipal) is not { } used || used.GetTokenId() is not { } id)
        {
            return;
        }
        if (await Redeem(tokens, id, context.CancellationToken))
        {
            return;
        }
        await family.RevokeForReuse(used, context.ClientId!, context.CancellationToken);
        context.Reject(Errors.InvalidGrant, "The code or refresh token was used before; the person must log in again.");
    }

    /// <summary>True for exactly one caller, at whatever instance. The engine's own step is content with a row that somebody else has redeemed a moment ago.</summary>
    public static async ValueTask<bool> Redeem(IOpenIddictTokenManager tokens, string id, CancellationToken ct) =>
        await tokens.FindByIdAsync(id, ct) is { } entry && await tokens.HasStatusAsync(entry, Statuses.Valid, ct) && await tokens.TryRedeemAsync(entry, ct);
}
