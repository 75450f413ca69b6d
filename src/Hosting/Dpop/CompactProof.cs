using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Platform.Hosting.Dpop;

/// <summary>
/// The three parts of a signed compact JWT, read strictly: every byte has one spelling, every member one value. A general JWT reader accepts
/// several spellings of one signature and keeps keys in a cache of the process, which a proof of anybody must not fill.
/// </summary>
sealed record CompactProof(ProofHead Head, ProofClaims Claims, byte[] Signed, byte[] Signature)
{
    public const int MaxLength = 8 * 1024;

    static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 8,
    };

    public static CompactProof? Read(string text) =>
        text.Split('.') is [var head, var claims, var signature]
        && Json<ProofHead>(head) is { } readHead
        && Json<ProofClaims>(claims) is { } readClaims
        && Bytes(signature) is { Length: > 0 } readSignature
            ? new CompactProof(readHead, readClaims, Encoding.ASCII.GetBytes($"{head}.{claims}"), readSignature)
            : null;

    /// <summary>The bytes of a base64url text without padding; null for a text that encoding those bytes would not give.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var count) == OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, count)) == text
                ? bytes[..count]
                : null;
    }

    static T? Json<T>(string part) where T : class
    {
        try
        {
            // Members that nobody has looked at yet must be text too.
            return Bytes(part) is { } utf8 && Utf8.IsValid(utf8) ? JsonSerializer.Deserialize<T>(utf8, Strict) : null;
        }
        // The second is what an escape raises that is half a character.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>Header of a proof.</summary>
sealed record ProofHead
{
    [JsonPropertyName("typ")]
    public string? Typ { get; init; }

    [JsonPropertyName("alg")]
    public string? Alg { get; init; }

    [JsonPropertyName("jwk")]
    public Dictionary<string, JsonElement>? Jwk { get; init; }

    [JsonPropertyName("crit")]
    public JsonElement Crit { get; init; }
}

/// <summary>Claims of a proof.</summary>
sealed record ProofClaims
{
    [JsonPropertyName("htm")]
    public string? Method { get; init; }

    [JsonPropertyName("htu")]
    public string? Uri { get; init; }

    [JsonPropertyName("iat")]
    public double? IssuedAt { get; init; }

    [JsonPropertyName("exp")]
    public double? Expires { get; init; }

    [JsonPropertyName("nbf")]
    public double? NotBefore { get; init; }

    [JsonPropertyName("jti")]
    public string? Id { get; init; }

    [JsonPropertyName("nonce")]
    public string? Nonce { get; init; }

    [JsonPropertyName("ath")]
    public string? AccessTokenHash { get; init; }
}
