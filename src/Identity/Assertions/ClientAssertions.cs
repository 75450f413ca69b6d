using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Platform.Identity.Clients;
using Platform.Identity.Storage;

namespace Platform.Identity.Assertions;

/// <summary>
/// Decides whether a client has proved who it is by a signed assertion (private_key_jwt). The order matters: nothing is looked up for a
/// token of the wrong shape, and nothing is written for a token that is not the client's.
/// </summary>
sealed class ClientAssertions(
    IOpenIddictApplicationManager applications, UsedValues used, IOptions<IdentityOptions> options, TimeProvider clock)
{
    const int MaxLength = 8 * 1024;
    static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    public async Task<AssertionOutcome> Authenticate(string text, string? claimedClientId, CancellationToken ct)
    {
        if (Parse(text) is not { } assertion)
        {
            return AssertionRefusal.Malformed;
        }
        if (AssertionClaims.CheckHead(assertion, claimedClientId) is { } wrongHead)
        {
            return wrongHead;
        }
        var clientId = assertion.Issuer;
        if (await applications.FindByClientIdAsync(clientId, ct) is not { } application)
        {
            return AssertionRefusal.UnknownClient;
        }
        if (await SectorClients.IsDisabled(applications, application, ct))
        {
            return AssertionRefusal.DisabledClient;
        }
        // FAPI 2.0 section 5.4: whoever gets bound tokens does not sign with RSASSA-PKCS1-v1_5; section 5.3.2.1: and names the issuer, as a string.
        var isStrict = await SenderConstraint.IsRequired(applications, application, ct);
        if (isStrict && assertion.Alg == SecurityAlgorithms.RsaSha256)
        {
            return AssertionRefusal.WrongAlgorithm;
        }
        if (!await IsSignedBy(assertion, await applications.GetJsonWebKeySetAsync(application, ct)))
        {
            return AssertionRefusal.WrongSignature;
        }
        var now = clock.GetUtcNow();
        if (isStrict && !AssertionClaims.HasOneAudience(assertion))
        {
            return AssertionRefusal.WrongAudience;
        }
        if (AssertionClaims.CheckBody(assertion, isStrict ? IssuerAlone(options.Value.Issuer!) : OurAddresses(options.Value.Issuer!), now) is { } wrongBody)
        {
            return wrongBody;
        }
        return await IsFirstUse(clientId, assertion, ct) ? new AssertionOutcome(clientId, null) : AssertionRefusal.Replayed;
    }

    static JsonWebToken? Parse(string text)
    {
        try
        {
            return text.Length <= MaxLength ? Tokens.ReadJsonWebToken(text) : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or SecurityTokenException)
        {
            return null;
        }
    }

    static async Task<bool> IsSignedBy(JsonWebToken assertion, JsonWebKeySet? keys)
    {
        if (keys is null)
        {
            return false;
        }
        var named = string.IsNullOrEmpty(assertion.Kid) ? keys.Keys : keys.Keys.Where(key => key.Kid is null or "" || key.Kid == assertion.Kid);
        var result = await Tokens.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            IssuerSigningKeys = named.Where(key => key.Alg is null or "" || key.Alg == assertion.Alg),
            ValidAlgorithms = ClientKeys.Algorithms,
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            RequireExpirationTime = false,
            ValidateLifetime = false,
            ValidateAudience = false,
            ValidateIssuer = false,
        });
        return result.IsValid;
    }

    async Task<bool> IsFirstUse(string clientId, JsonWebToken assertion, CancellationToken ct)
    {
        AssertionClaims.TryGetId(assertion, out var id);
        AssertionClaims.TryGetInstant(assertion, "exp", out var expires);
        return await used.TryUse($"assertion {clientId}", id!, expires + AssertionClaims.ClockSkew, ct);
    }

    static string[] IssuerAlone(Uri issuer) => [issuer.AbsoluteUri, issuer.AbsoluteUri.TrimEnd('/')];

    // Clients disagree on what to write here; RFC 7523 names the token endpoint, RFC 9126 its own endpoint, newer profiles the issuer, with or without its slash.
    static string[] OurAddresses(Uri issuer) =>
        [
            .. IssuerAlone(issuer), new Uri(issuer, Engine.EngineSetup.TokenPath).AbsoluteUri, new Uri(issuer, Engine.EngineSetup.PushPath).AbsoluteUri,
        ];
}
