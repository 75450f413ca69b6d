using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Load.Peer.Guarantees;

/// <summary>Says of every batch that it was written, and writes nothing.</summary>
internal sealed class AcknowledgingAppender : ILedgerAppender
{
    public Task<int> OpenLane(CancellationToken cancellation) => Task.FromResult(1);

    public Task<AppendedBatch> Append(int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation) =>
        Task.FromResult(new AppendedBatch([.. entries.Select(_ => true)], previousDigest));
}
