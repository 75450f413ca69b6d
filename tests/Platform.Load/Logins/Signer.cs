using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Load.Logins;

/// <summary>Client assertions and proofs of possession of one caller.</summary>
internal sealed class Signer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Dictionary<string, object> _jwk;
    private readonly SigningCredentials _credentials;

    public Signer()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        _jwk = new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        _credentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The nonce that the server wants in the next proof.</summary>
    public string? Nonce { get; set; }

    public static string Assertion(string clientId, string audience, JsonWebKey key)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString("N") },
            IssuedAt = now,
            Expires = now.AddMinutes(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public string Proof(Uri address)
    {
        var claims = new Dictionary<string, object>
        {
            ["htm"] = "POST",
            ["htu"] = address.AbsoluteUri,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (Nonce is not null)
        {
            claims["nonce"] = Nonce;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims), _credentials, new Dictionary<string, object> { ["typ"] = "dpop+jwt", ["jwk"] = _jwk });
    }

    public void Dispose() => _key.Dispose();
}
