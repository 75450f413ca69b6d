using System.Collections.Immutable;
using Platform.Domain.Ledger;

namespace Platform.Silo.Ledger;

/// <summary>Writes one batch of entries in one transaction; the seam at which tests make the database fail.</summary>
public interface ILedgerAppender
{
    /// <summary>Opens a new chain of batches and gives its number.</summary>
    Task<int> OpenLane(CancellationToken cancellation);

    /// <summary>
    /// Appends the entries whose place in their ledger is still free, seals the batch and commits; tells which were taken and the batch's
    /// digest: SHA-256 over the digest before and the hashes in ascending order.
    /// </summary>
    Task<AppendedBatch> Append(int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation);
}

/// <summary>What a batch took in: for each entry, in the order given, whether it has its place.</summary>
public sealed record AppendedBatch(ImmutableArray<bool> Taken, byte[] Digest)
{
    /// <summary>How many entries were taken.</summary>
    public int Count => Taken.Count(taken => taken);
}
