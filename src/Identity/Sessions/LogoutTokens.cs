using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Contracts;
using Platform.Identity.Keys;

namespace Platform.Identity.Sessions;

/// <summary>Signs logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.4).</summary>
sealed class LogoutTokens(SigningKeyRing keys, IOptions<IdentityOptions> options, TimeProvider clock)
{
    const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public string For(LogoutNotice notice)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "logout+jwt",
            Issuer = options.Value.Issuer!.AbsoluteUri,
            Audience = notice.Client.ClientId,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>
            {
                ["jti"] = notice.Id.ToString("N"),
                ["sub"] = notice.Client.Subject,
                ["sid"] = notice.Client.Sid,
                ["events"] = new Dictionary<string, object> { [LogoutEvent] = JsonElement.Parse("{}") },
            },
            SigningCredentials = new SigningCredentials(keys.Published[0], SecurityAlgorithms.EcdsaSha256),
        });
    }
}
