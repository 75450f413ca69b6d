using OpenIddict.Server;
using Platform.Contracts;

namespace Platform.Identity.Engine.People;

/// <summary>The session that this request was found to belong to, as the account told it a moment ago.</summary>
sealed record LiveSession(TokenSession Token, EidSessionView Session)
{
    const string Property = "live-session";

    public static void Keep(OpenIddictServerTransaction transaction, TokenSession token, EidSessionView session) =>
        transaction.SetProperty(Property, new LiveSession(token, session));

    public static LiveSession? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<LiveSession>(Property);
}
