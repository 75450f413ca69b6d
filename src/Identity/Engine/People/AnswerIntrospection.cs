using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>A person's token is active only while the session lives and the relying party is in it.</summary>
sealed class AnswerIntrospection(EidAccounts accounts, SessionReference references) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleIntrospectionRequestContext>()
            .UseScopedHandler<AnswerIntrospection>()
            .SetOrder(int.MinValue + 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        var token = context.GenericTokenPrincipal;
        if (token.HasTokenType(TokenTypeIdentifiers.RefreshToken))
        {
            await Check(context, SessionReference.OfGrant(token), token.GetPresenters().FirstOrDefault());
        }
        else if (token.HasTokenType(TokenTypeIdentifiers.AccessToken) && references.Read(token) is { } reference)
        {
            await Check(context, reference, token.GetClaim(Claims.ClientId));
        }
    }

    async ValueTask Check(HandleIntrospectionRequestContext context, TokenSession token, string? client)
    {
        if (await token.Live(accounts, client) is null)
        {
            // The engine turns this into {"active": false}.
            context.Reject(Errors.InvalidToken, "The session has ended.");
        }
    }
}
