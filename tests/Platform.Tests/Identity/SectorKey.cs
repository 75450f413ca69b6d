using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Clients;

namespace Platform.Tests.Identity;

/// <summary>The private key of a sector system under test, and assertions made with it.</summary>
public sealed class SectorKey
{
    readonly SecurityKey _key;
    readonly string _algorithm;

    SectorKey(SecurityKey key, string algorithm)
    {
        _key = key;
        _algorithm = algorithm;
    }

    public static SectorKey Es256(string id = "k1") =>
        new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);

    public static SectorKey Rsa(string algorithm, int bits = 2048) =>
        new(new RsaSecurityKey(RSA.Create(bits)) { KeyId = "k1" }, algorithm);

    public static SectorKey Secret(string text) =>
        new(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(text)) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);

    public string Jwks => $$"""{"keys":[{{PublicJwk}}]}""";

    public string PublicJwk
    {
        get
        {
            var jwk = _key is RsaSecurityKey rsa
                ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(false)) { KeyId = _key.KeyId })
                : JsonWebKeyConverter.ConvertFromECDsaSecurityKey(
                    new ECDsaSecurityKey(ECDsa.Create(((ECDsaSecurityKey)_key).ECDsa.ExportParameters(false))) { KeyId = _key.KeyId });
            var members = new Dictionary<string, string> { ["kty"] = jwk.Kty, ["kid"] = _key.KeyId, ["use"] = "sig" };
            foreach (var (name, value) in new[] { ("crv", jwk.Crv), ("x", jwk.X), ("y", jwk.Y), ("n", jwk.N), ("e", jwk.E) })
            {
                if (!string.IsNullOrEmpty(value))
                {
                    members[name] = value;
                }
            }
            return JsonSerializer.Serialize(members);
        }
    }

    /// <summary>A system without bound tokens, which may send assertions of every accepted kind.</summary>
    public SectorClientRegistration Registration(string clientId, params string[] scopes) =>
        new(clientId, "Bảo hiểm xã hội tỉnh", Jwks, scopes.Length > 0 ? scopes : [SectorScopes.DisclosuresRequest, SectorScopes.CatalogueRead], SenderConstrained: false);

    /// <summary>A correct assertion, except for what <paramref name="change"/> spoils.</summary>
    public string Assert(string clientId, DateTimeOffset now, Action<Dictionary<string, object>>? change = null, string? type = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = IdentityServer.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return Sign(JsonSerializer.Serialize(claims), type);
    }

    /// <summary>Signs by hand, because a library would repair what a test breaks.</summary>
    public string Sign(string payload, string? type = null, string? algorithm = null)
    {
        var head = new Dictionary<string, string> { ["alg"] = algorithm ?? _algorithm, ["kid"] = _key.KeyId };
        if (type is not null)
        {
            head["typ"] = type;
        }
        var text = $"{Base64UrlEncoder.Encode(JsonSerializer.Serialize(head))}.{Base64UrlEncoder.Encode(payload)}";
        var signer = new CryptoProviderFactory { CacheSignatureProviders = false }.CreateForSigning(_key, _algorithm);
        return $"{text}.{Base64UrlEncoder.Encode(signer.Sign(System.Text.Encoding.ASCII.GetBytes(text)))}";
    }
}
