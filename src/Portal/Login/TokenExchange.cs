using Platform.Portal.Api;
using Platform.Portal.Sessions;

namespace Platform.Portal.Login;

/// <summary>Gets the counter's sector system a token with which it acts for a logged-in officer (RFC 8693), bound to the key of the officer's session.</summary>
sealed class TokenExchange(IdentityClient identity, Parties parties)
{
    /// <summary>The officer's session as the system may use it at the API for this scope.</summary>
    public async Task<PortalSession> ActFor(PortalSession officer, string scope, CancellationToken ct)
    {
        using var key = ProofKey.Of(officer.Key);
        var request = new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["subject_token"] = officer.Access,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["scope"] = scope,
        };
        var (tokens, error) = await identity.Token(parties.System!, request, key, ct);
        if (tokens is not null)
        {
            return officer with { Access = tokens.Access };
        }
        throw error!.Error == "invalid_grant"
            ? new ApiFaultException(ApiFault.SessionEnded, "The identity server lets nobody act for the officer any more.")
            : new IdentityUnavailableException($"The identity server refused a token exchange: {error.Error}.");
    }
}
