using System.ComponentModel.DataAnnotations;

namespace Platform.Silo.Ledger;

/// <summary>How appends are gathered.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>Most batches in flight at once.</summary>
    public const int MostLanes = 16;

    /// <summary>Entries that may wait; beyond that callers are told to come back.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 4096;

    /// <summary>Most entries in one batch.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 256;

    /// <summary>
    /// Batches in flight at once; SQLite has one writer, so one. A statement costs the database as much as some eight rows, so one lane, whose batches grow
    /// with the load, writes more than two that share it.
    /// </summary>
    [Range(1, MostLanes)]
    public int Lanes { get; set; } = 1;

    /// <summary>
    /// Where the heads of lanes are kept outside the database, so that a database that was set back is noticed: <c>sqlite:PATH</c> for one silo alone, a
    /// PostgreSQL connection string of another server for several. Without it nothing is noticed, and a database that had one is refused unless this says <c>none</c>.
    /// </summary>
    public string? Witness { get; set; }
}

/// <summary>Batches since start, for operators and the load program.</summary>
internal sealed class LedgerStatistics
{
    private long _batches;
    private long _entries;
    private long _largest;

    public (long Batches, long Entries, long Largest) Snapshot =>
        (Interlocked.Read(ref _batches), Interlocked.Read(ref _entries), Interlocked.Read(ref _largest));

    public void Count(int entries)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _entries, entries);
        InterlockedMax(ref _largest, entries);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Interlocked.Read(ref target); value > seen; seen = Interlocked.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
