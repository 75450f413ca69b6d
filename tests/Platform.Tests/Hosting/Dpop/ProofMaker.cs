using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Tests.Hosting.Dpop;

/// <summary>A client's key and the proofs that it makes; a test changes members before they are signed.</summary>
sealed class ProofMaker(string algorithm = "ES256", int rsaBits = 2048) : IDisposable
{
    readonly AsymmetricAlgorithm _key = algorithm == "ES256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(rsaBits);

    /// <summary>The thumbprint, worked out independently of the product.</summary>
    public string Thumbprint
    {
        get
        {
            var jwk = Jwk();
            string[] names = algorithm == "ES256" ? ["crv", "kty", "x", "y"] : ["e", "kty", "n"];
            var canonical = "{" + string.Join(',', names.Select(name => $"\"{name}\":\"{jwk[name]}\"")) + "}";
            return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        }
    }

    public static JsonObject Claims(string method, string uri, DateTimeOffset at) => new()
    {
        ["jti"] = Guid.NewGuid().ToString(),
        ["htm"] = method,
        ["htu"] = uri,
        ["iat"] = at.ToUnixTimeSeconds(),
    };

    public JsonObject Jwk() => _key switch
    {
        ECDsa ec when ec.ExportParameters(false).Q is var q => new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Text(q.X!), ["y"] = Text(q.Y!) },
        RSA rsa when rsa.ExportParameters(false) is var key => new() { ["kty"] = "RSA", ["n"] = Text(key.Modulus!), ["e"] = Text(key.Exponent!) },
        _ => throw new InvalidOperationException(),
    };

    public JsonObject PrivateJwk()
    {
        var jwk = Jwk();
        jwk["d"] = Text(_key is ECDsa ec ? ec.ExportParameters(true).D! : ((RSA)_key).ExportParameters(true).D!);
        return jwk;
    }

    public JsonObject Head() => new() { ["typ"] = "dpop+jwt", ["alg"] = algorithm, ["jwk"] = Jwk() };

    public string Make(JsonObject claims, JsonObject? head = null) => Sign((head ?? Head()).ToJsonString(), claims.ToJsonString());

    public string Sign(string head, string claims) => Sign(Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(claims));

    public string Sign(byte[] head, byte[] claims)
    {
        var signed = $"{Text(head)}.{Text(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Text(_key is ECDsa ec
            ? ec.SignData(bytes, HashAlgorithmName.SHA256)
            : ((RSA)_key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}";
    }

    public void Dispose() => _key.Dispose();

    static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
