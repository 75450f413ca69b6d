using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine;

/// <summary>OpenIddict's own bookkeeping claims are nobody else's business.</summary>
sealed class StripPrivateClaims : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<StripPrivateClaims>()
            .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken
            && context.SecurityTokenDescriptor.Subject is { } subject)
        {
            foreach (var claim in subject.Claims.Where(claim => claim.Type.StartsWith(Claims.Prefixes.Private, StringComparison.Ordinal)).ToList())
            {
                subject.RemoveClaim(claim);
            }
        }
        return ValueTask.CompletedTask;
    }
}
