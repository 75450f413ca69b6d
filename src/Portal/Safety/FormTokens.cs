using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Portal.Safety;

/// <summary>Tokens by which a session's forms are known. Each page has another text for the same secret, so that nobody learns it from the length of pages.</summary>
static class FormTokens
{
    public const string Field = "_form";
    const int Length = 32;

    public static string Make(string secret)
    {
        var token = new byte[2 * Length];
        RandomNumberGenerator.Fill(token.AsSpan(0, Length));
        Mix(Base64Url.DecodeFromChars(secret), token.AsSpan(0, Length), token.AsSpan(Length));
        return Base64Url.EncodeToString(token);
    }

    public static bool IsGood(string token, string secret)
    {
        Span<byte> bytes = stackalloc byte[2 * Length];
        if (token.Length > 100 || !Base64Url.IsValid(token, out var length) || length != bytes.Length || !Base64Url.TryDecodeFromChars(token, bytes, out _))
        {
            return false;
        }
        Span<byte> said = stackalloc byte[Length];
        Mix(bytes[Length..], bytes[..Length], said);
        return CryptographicOperations.FixedTimeEquals(said, Base64Url.DecodeFromChars(secret));
    }

    static void Mix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> mixed)
    {
        for (var index = 0; index < mixed.Length; index++)
        {
            mixed[index] = (byte)(one[index] ^ other[index]);
        }
    }
}
