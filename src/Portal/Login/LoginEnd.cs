using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Sessions;

namespace Platform.Portal.Login;

/// <summary>Turns the identity server's answer into a session.</summary>
sealed class LoginEnd(
    IdentityClient identity, IdentityTokens tokens, LoginStart start, SessionDesk sessions, ApiClient api, TimeProvider clock)
{
    /// <summary>True if the person is logged in; false if the answer was not good for it.</summary>
    public async Task<bool> Redeem(HttpContext context, Party party, PendingLogin login, string code)
    {
        using var key = ProofKey.Of(login.Key);
        var request = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = start.Callback(party),
            ["code_verifier"] = login.Verifier,
        };
        var (answer, _) = await identity.Token(party, request, key, context.RequestAborted);
        if (answer is not { Refresh: { } refresh, Identity: { } token } || !await tokens.IsGood(token, party, login.Nonce, context.RequestAborted))
        {
            return false;
        }
        var now = clock.GetUtcNow();
        var session = new PortalSession
        {
            Party = party.Name,
            Access = answer.Access,
            AccessEnds = now.AddSeconds(answer.Seconds),
            Refresh = refresh,
            Identity = token,
            Key = login.Key,
            FormSecret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            Began = now,
            Silent = login.Silent,
            IdleEnds = now,
            Written = now,
        };
        sessions.Write(context, party, session with { Name = party.Name == Party.Citizen ? await Name(session, context.RequestAborted) : null });
        return true;
    }

    // Nobody is kept out because the record does not answer.
    async Task<string?> Name(PortalSession session, CancellationToken ct)
    {
        try
        {
            return (await api.For(session, ct).Get<Record>("v1/me")).Value?.Text("profile.fullName");
        }
        catch (ApiFaultException)
        {
            return null;
        }
    }
}
