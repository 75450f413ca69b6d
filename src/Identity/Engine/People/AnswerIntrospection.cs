using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Domain.Citizens;
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
            await Check(context, PersonalId.Parse(token.GetClaim(PersonToken.Number)!), token.GetClaim(PersonToken.Session)!, token.GetPresenters().FirstOrDefault());
        }
        else if (token.HasTokenType(TokenTypeIdentifiers.AccessToken) && references.Read(token) is { } reference)
        {
            await Check(context, reference.Number, reference.Session, token.GetClaim(Claims.ClientId));
        }
    }

    async ValueTask Check(HandleIntrospectionRequestContext context, PersonalId number, string sessionId, string? client)
    {
        var session = await accounts.Ask(number, account => account.CheckSession(sessionId));
        if (session is null || session.Clients.All(one => one.ClientId != client))
        {
            // The engine turns this into {"active": false}.
            context.Reject(Errors.InvalidToken, "The session has ended.");
        }
    }
}
