using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>Sees a used code or refresh token come back and ends its whole family, before the engine refuses it.</summary>
sealed class NoticeReuse(IOpenIddictTokenManager tokens, GrantFamily family) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<NoticeReuse>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token || context.Principal is not { } presented || presented.GetTokenId() is not { } id
            || !presented.HasClaim(PersonToken.Session))
        {
            return;
        }
        if (await tokens.FindByIdAsync(id, context.CancellationToken) is { } entry
            && await tokens.HasStatusAsync(entry, OpenIddictConstants.Statuses.Redeemed, context.CancellationToken)
            && presented.GetPresenters() is [var client, ..])
        {
            await family.RevokeForReuse(presented, client, context.CancellationToken);
        }
    }
}
