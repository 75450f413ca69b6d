using System.Security.Cryptography;

namespace Platform.Silo.Ledger;

internal static class BatchDigest
{
    public static byte[] Start { get; } = new byte[32];

    public static byte[] Next(byte[] previous, IEnumerable<byte[]> hashes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        foreach (var hash in hashes.OrderBy(Convert.ToHexStringLower, StringComparer.Ordinal))
        {
            sha.AppendData(hash);
        }

        return sha.GetHashAndReset();
    }
}
