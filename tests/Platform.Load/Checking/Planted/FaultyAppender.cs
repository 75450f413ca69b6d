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
        var left = bug == PlantedBug.UnwrittenEntry
            ? entries.Where(entry => entry.Kind == LedgerKinds.Disclosure && Interlocked.Increment(ref _count) % OneOf == 0).ToHashSet(ReferenceEqualityComparer.Instance)
            : [];
        var written = entries.Where(entry => !left.Contains(entry)).ToArray();
        var appended = await inner.Append(lane, batch, previousDigest, written, cancellation);
        var taken = written.Zip(appended.Taken).Where(pair => pair.Second).Select(pair => pair.First).ToHashSet(ReferenceEqualityComparer.Instance);
        return appended with { Taken = [.. entries.Select(entry => bug == PlantedBug.NoAppendCheck || left.Contains(entry) || taken.Contains(entry))] };
    }
}
