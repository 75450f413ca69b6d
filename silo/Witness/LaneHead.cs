using System.Collections.Immutable;

namespace Platform.Silo.Witness;

/// <summary>How far a lane of batches was seen to have come: its newest batch, that batch's digest, and the entries in the lane up to it.</summary>
internal sealed record LaneHead(int Lane, long Batch, string Digest, long Entries, DateTimeOffset SeenAt);

/// <summary>What a witness knows and the database does not say: batches that are gone, and batches that are others.</summary>
internal sealed record Difference(ImmutableArray<LostBatches> Lost, ImmutableArray<LaneHead> Forked)
{
    public bool IsNone => Lost.IsEmpty && Forked.IsEmpty;

    /// <summary>What is wrong and what to do about it, in one sentence or two.</summary>
    public string Sentence() => Forked is [var fork, ..]
        ? $"The database holds another batch {fork.Batch} in lane {fork.Lane} than was seen on {fork.SeenAt:u}: two histories of the ledger have come about, or one was changed. "
            + "Find the database that goes on from what was seen, or restore a backup of it; this one is not taken."
        : $"The database is older than what was acknowledged from it: {Lost.Sum(lane => lane.Entries)} ledger entries in {Lost.Sum(lane => lane.To - lane.From + 1)} batches "
            + $"are gone, the last of them seen on {Lost.Max(lane => lane.Until):u}. Consents withdrawn in them would be in force again. "
            + "Find the newer database, or, if this one was restored on purpose, run accept-restore with the reason.";
}

/// <summary>Batches of a lane that are gone, first and last, the entries that were in them, and when the last was seen.</summary>
internal sealed record LostBatches(int Lane, long From, long To, long Entries, DateTimeOffset Until);
