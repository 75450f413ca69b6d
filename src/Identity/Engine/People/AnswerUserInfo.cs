using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Platform.Identity.Engine.People;

/// <summary>
/// The UserInfo endpoint hands out the identity claims that the relying party is registered for, asked for, and the person approved; each hand-out is
/// an entry in the citizen's ledger first.
/// </summary>
sealed class AnswerUserInfo(EidAccounts accounts, Subjects subjects, SessionReference references, RelyingParties.RelyingParties parties)
    : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleUserInfoRequestContext>()
            .UseScopedHandler<AnswerUserInfo>()
            .SetOrder(int.MaxValue - 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        var token = context.AccessTokenPrincipal;
        var client = token.GetClaim(Claims.ClientId);
        if (client is null || !token.HasScope(Scopes.OpenId) || references.Read(token) is not { } reference
            || await parties.Find(client, context.CancellationToken) is not { } party)
        {
            context.Reject(Errors.InvalidToken, "The token is not about a person, or its relying party is not enabled.");
            return;
        }
        var number = reference.Number;
        if (await reference.Live(accounts, client) is null)
        {
            context.Reject(Errors.InvalidToken, "The session has ended.");
            return;
        }
        // The engine answers with what the token holds; here the answer is made anew.
        context.Audiences.Clear();
        context.Subject = subjects.Of(party.Sector, number);
        var asked = PersonScopes.ClaimsOf(token.GetScopes());
        if (asked.IsEmpty)
        {
            return;
        }
        var call = new ReleaseClaimsCall { SessionId = reference.Session, ClientId = client, ClientName = party.NameVi, Claims = asked };
        foreach (var (name, value) in await accounts.Ask(number, account => account.ReleaseClaims(call)) ?? [])
        {
            context.Claims[name] = value;
        }
    }
}
