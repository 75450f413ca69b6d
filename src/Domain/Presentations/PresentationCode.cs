using System.Security.Cryptography;
using System.Text;

namespace Platform.Domain.Presentations;

/// <summary>The code that opens a presentation: 26 characters of Crockford's base32, 130 bits, of which only the hash is ever stored.</summary>
public static class PresentationCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The code of an operation: the same secret and the same key give it again, so that an operation can be repeated although its code is kept nowhere.
    /// </summary>
    public static string Make(ReadOnlySpan<byte> secret, string operationKey)
    {
        var bits = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(operationKey));
        return string.Create(Length, bits, (code, source) =>
        {
            for (var index = 0; index < Length; index++)
            {
                var value = 0;
                for (var bit = index * 5; bit < (index + 1) * 5; bit++)
                {
                    value = (value << 1) | ((source[bit / 8] >> (7 - (bit % 8))) & 1);
                }

                code[index] = Alphabet[value];
            }
        });
    }

    /// <summary>The code as it was made from what a person typed or a camera read; null if it is none. Case, blanks and hyphens do not matter, nor O for 0 and I or L for 1.</summary>
    public static string? Read(string text)
    {
        var read = new StringBuilder(Length);
        foreach (var letter in text)
        {
            if (letter is ' ' or '-')
            {
                continue;
            }

            var plain = char.ToUpperInvariant(letter) switch { 'O' => '0', 'I' or 'L' => '1', var upper => upper };
            if (!Alphabet.Contains(plain, StringComparison.Ordinal) || read.Length == Length)
            {
                return null;
            }

            read.Append(plain);
        }

        return read.Length == Length ? read.ToString() : null;
    }

    /// <summary>SHA-256 of a code, lower-case hexadecimal.</summary>
    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));

    /// <summary>Identity of the presentation whose code has this hash.</summary>
    public static Guid IdOf(string codeHash) => Derived("presentation", codeHash);

    /// <summary>Identity of the ledger entry that says that the presentation was shown; there can be only one.</summary>
    public static Guid ShownEntry(Guid presentation) => Derived("presentation.shown", presentation.ToString("N"));

    // A version 8 identity (RFC 9562) out of a hash.
    private static Guid Derived(string what, string from)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.ASCII.GetBytes($"{what} {from}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
