using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Silo.Witness;

/// <summary>Compares with the witness before each new lane, and notes each batch for it.</summary>
internal sealed class WitnessedAppender(ILedgerAppender inner, HeadWitness witness) : ILedgerAppender
{
    public async Task<int> OpenLane(CancellationToken cancellation)
    {
        await witness.Confirm(cancellation);
        return await inner.OpenLane(cancellation);
    }

    public async Task<AppendedBatch> Append(
        int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        witness.Guard();
        var appended = await inner.Append(lane, batch, previousDigest, entries, cancellation);
        witness.Note(lane, batch, appended);
        return appended;
    }
}
