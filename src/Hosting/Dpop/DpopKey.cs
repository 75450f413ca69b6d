using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Hosting.Dpop;

/// <summary>The public key in a proof's header.</summary>
abstract record DpopKey(string Thumbprint)
{
    public const string Es256 = "ES256";
    public const string Ps256 = "PS256";

    static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>The key, if it is a public one that fits the algorithm; else null.</summary>
    public static DpopKey? Read(Dictionary<string, JsonElement>? jwk, string algorithm) =>
        jwk is null || PrivateMembers.Any(jwk.ContainsKey) ? null : (algorithm, Member(jwk, "kty")) switch
        {
            (Es256, "EC") when Member(jwk, "crv") == "P-256" => Ec(Member(jwk, "x"), Member(jwk, "y")),
            (Ps256, "RSA") => Rsa(Member(jwk, "n"), Member(jwk, "e")),
            _ => null,
        };

    public abstract bool Verifies(byte[] signed, byte[] signature);

    static EcKey? Ec(string? x, string? y) =>
        Number(x) is { Length: 32 } bytesX && Number(y) is { Length: 32 } bytesY
            ? new EcKey(Digest($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""), new ECPoint { X = bytesX, Y = bytesY })
            : null;

    // Leading zeros would give one key several thumbprints; a long exponent is work without a gain.
    static RsaKey? Rsa(string? n, string? e) =>
        Number(n) is { Length: >= 256 and <= 512 } modulus && modulus[0] >= 0x80
        && Number(e) is { Length: >= 1 and <= 4 } exponent && exponent[0] != 0 && exponent[^1] % 2 == 1 && exponent is not [1]
            ? new RsaKey(Digest($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}"""), new RSAParameters { Modulus = modulus, Exponent = exponent })
            : null;

    static byte[]? Number(string? text) => text is null ? null : CompactProof.Bytes(text);

    // As it was written: none of the values needs an escape, and what stands there need not be text.
    static string? Member(Dictionary<string, JsonElement> jwk, string name) =>
        jwk.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetRawText()[1..^1] : null;

    static string Digest(string canonical) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));

    sealed record EcKey(string Thumbprint, ECPoint Point) : DpopKey(Thumbprint)
    {
        public override bool Verifies(byte[] signed, byte[] signature)
        {
            try
            {
                using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point });
                return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }
            // A point that does not lie on the curve.
            catch (CryptographicException)
            {
                return false;
            }
        }
    }

    sealed record RsaKey(string Thumbprint, RSAParameters Parameters) : DpopKey(Thumbprint)
    {
        public override bool Verifies(byte[] signed, byte[] signature)
        {
            try
            {
                using var key = RSA.Create(Parameters);
                return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
            }
            // A modulus that is none.
            catch (CryptographicException)
            {
                return false;
            }
        }
    }
}
