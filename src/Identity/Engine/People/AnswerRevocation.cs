using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>A relying party that gives a refresh token back gives all tokens of the grant back, at once and at the API too (RFC 7009 section 2.1).</summary>
sealed class AnswerRevocation(GrantFamily family) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
            .UseScopedHandler<AnswerRevocation>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal is { } token && token.HasTokenType(TokenTypeIdentifiers.RefreshToken) && token.GetPresenters() is [var client, ..])
        {
            await family.Revoke(token, client, context.CancellationToken);
        }
    }
}
