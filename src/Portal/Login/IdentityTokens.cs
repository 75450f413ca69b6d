using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Portal.Login;

/// <summary>Checks an identity token (OpenID Connect Core 1.0, section 3.1.3.7) and the level that it vouches for.</summary>
sealed class IdentityTokens(Provider provider, IOptions<PortalOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public async Task<bool> IsGood(string token, Party party, string nonce, CancellationToken ct)
    {
        var result = await Validate(token, party, await provider.Keys(stale: false, ct));
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await Validate(token, party, await provider.Keys(stale: true, ct));
        }
        return result.IsValid
            && result.Claims.TryGetValue("nonce", out var said) && said as string == nonce
            && result.Claims.TryGetValue("acr", out var level) && level as string == Parties.Level2
            && (!result.Claims.TryGetValue("azp", out var authorized) || authorized as string == party.ClientId);
    }

    Task<TokenValidationResult> Validate(string token, Party party, IEnumerable<SecurityKey> keys) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Identity!.AbsoluteUri,
            ValidAudience = party.ClientId,
            IssuerSigningKeys = keys,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, _) => to is { } end && clock.GetUtcNow() - Skew < end && !(from > (clock.GetUtcNow() + Skew).UtcDateTime),
        });
}
