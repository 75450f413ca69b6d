using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Ledger;
using Platform.Silo.Ledger;

namespace Platform.Silo.Witness;

/// <summary>The ledger of what operators did to the ledgers as a whole, chained and sealed like every other.</summary>
internal sealed class OperationsLedger(LedgerStore store, ILedgerAppender appender, TimeProvider clock)
{
    /// <summary>The ledger's subject; not twelve digits, so no citizen's.</summary>
    public const string Subject = "operations";

    private const int Attempts = 10;

    public Task<ImmutableArray<LedgerEntry>> Read() => store.Read(Subject, 0, int.MaxValue);

    /// <summary>Appends an entry, in a lane of its own whose number is above <paramref name="above"/>.</summary>
    public async Task<LedgerEntry> Append<TBody>(string kind, TBody body, int above, CancellationToken cancellation)
    {
        var lane = await appender.OpenLane(cancellation);
        while (lane <= above)
        {
            lane = await appender.OpenLane(cancellation);
        }

        var (now, digest) = (clock.GetUtcNow(), BatchDigest.Start);
        for (var batch = 1; batch <= Attempts; batch++)
        {
            var entries = await Read();
            var head = entries.IsEmpty ? LedgerHead.Empty : entries[^1].Head;
            var entry = LedgerEntry.Extend(head, Subject, new EntryDraft { Id = Guid.CreateVersion7(now), Kind = kind, At = now, Body = DomainJson.Write(body) });
            var appended = await appender.Append(lane, batch, digest, [entry], cancellation);
            if (appended.Count == 1)
            {
                return entry;
            }

            digest = appended.Digest;
        }

        throw new InvalidOperationException("The ledger of operations is being extended by too many at once.");
    }
}

/// <summary>Body of <see cref="LedgerKinds.WitnessBegun"/>; without a person a silo began it by itself, with the first start.</summary>
internal sealed record WitnessBegunBody(string? Person, string? Reason);

/// <summary>Body of <see cref="LedgerKinds.RestoreAccepted"/>: who took which loss upon themselves.</summary>
internal sealed record RestoreAcceptedBody(string Person, string Reason, ImmutableArray<LostBatches> Lost);
