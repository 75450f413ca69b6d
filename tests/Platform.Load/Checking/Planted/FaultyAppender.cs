using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Load.Checking.Planted;

/// <summary>Acknowledges more than it wrote.</summary>
internal sealed class FaultyAppender(ILedgerAppender inner, PlantedBug bug) : ILedgerAppender
{
    private const int OneOf = 40;
    private int _count;

    public Task<int> OpenLane(CancellationToken cancellation) => inner.OpenLane(cancellation);

    public async Task<AppendedBatch> Append(int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        var written = bug == PlantedBug.UnwrittenEntry
            ? entries.Where(entry => entry.Kind != LedgerKinds.Disclosure || Interlocked.Increment(ref _count) % OneOf != 0).ToArray()
            : entries;
        var appended = await inner.Append(lane, batch, previousDigest, written, cancellation);
        var claimed = bug == PlantedBug.NoAppendCheck ? entries : entries.Except(written);
        return appended with { Hashes = appended.Hashes.Union(claimed.Select(entry => Convert.ToHexStringLower(entry.Hash.Span))).ToHashSet(StringComparer.Ordinal) };
    }
}
