using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Identity.Storage;

namespace Platform.Identity.Engine.Dpop;

/// <summary>
/// Nonces that every instance makes and recognises without asking: the minute they were made in and a code over it. They bound how long before its use a
/// proof can have been made, whatever the client's clock says.
/// </summary>
sealed class DpopNonces(SharedSecrets secrets, TimeProvider clock)
{
    const int TagLength = 16;
    const int MinutesAccepted = 5;

    public string Current() => Make(Minute());

    public bool IsCurrent(string? nonce)
    {
        var now = Minute();
        return nonce is not null && Enumerable.Range(0, MinutesAccepted + 1).Any(age => CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.ASCII.GetBytes(Make(now - age)), System.Text.Encoding.ASCII.GetBytes(nonce)));
    }

    long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    string Make(long minute)
    {
        Span<byte> made = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(made, minute);
        return Base64Url.EncodeToString(HMACSHA256.HashData(secrets.Get(SharedSecrets.Nonces), made).AsSpan(0, TagLength));
    }
}
