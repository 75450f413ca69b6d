using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Hosting.Dpop;

namespace Platform.Portal.Login;

/// <summary>A session's own key: with it each request proves that the token in it was not stolen (DPoP, RFC 9449).</summary>
sealed class ProofKey : IDisposable
{
    readonly ECDsa _key;
    readonly string _x;
    readonly string _y;

    ProofKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (_x, _y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <summary>RFC 7638.</summary>
    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{_x}}","y":"{{_y}}"}""")));

    public static ProofKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A key as <see cref="Store"/> wrote it into a cookie.</summary>
    public static ProofKey Of(string stored)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Base64Url.DecodeFromChars(stored), out _);
        return new ProofKey(key);
    }

    public string Store() => Base64Url.EncodeToString(_key.ExportPkcs8PrivateKey());

    /// <summary>A proof for one request; with an <paramref name="id"/>, of all proofs with it one counts.</summary>
    public string Prove(string method, Uri address, string? nonce, string? accessToken, DateTimeOffset now, string? id = null)
    {
        var head = Part(new { typ = "dpop+jwt", alg = "ES256", jwk = new { kty = "EC", crv = "P-256", x = _x, y = _y } });
        var claims = new Dictionary<string, object>
        {
            ["htm"] = method,
            ["htu"] = address.GetLeftPart(UriPartial.Path),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = id ?? Guid.NewGuid().ToString("N"),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }
        if (accessToken is not null)
        {
            claims["ath"] = DpopProof.HashOf(accessToken);
        }
        var signed = $"{head}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    static string Part<T>(T content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
