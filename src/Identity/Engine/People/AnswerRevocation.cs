using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// A relying party that gives a token back gives all tokens of the grant back, at once and at the API too (RFC 7009 section 2.1). Access tokens have no
/// row to mark, so the relying party leaves the session.
/// </summary>
sealed class AnswerRevocation(GrantFamily family, SessionReference references) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
            .UseScopedHandler<AnswerRevocation>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var token = context.GenericTokenPrincipal;
        if (token.HasTokenType(TokenTypeIdentifiers.RefreshToken) && token.GetPresenters() is [var client, ..])
        {
            await family.Revoke(token, client, context.CancellationToken);
        }
        else if (token.HasTokenType(TokenTypeIdentifiers.AccessToken) && references.Read(token) is { } reference && token.GetClaim(Claims.ClientId) is { } party)
        {
            await family.Leave(reference, party);
        }
        else
        {
            context.Reject(Errors.UnsupportedTokenType, "This kind of token runs out by itself.");
        }
    }
}
