using System.Diagnostics.Metrics;

namespace Platform.Silo.Ledger;

/// <summary>What operators see of the ledger's writer. Nothing is measured while nobody listens.</summary>
internal sealed class LedgerMetrics
{
    // Commits take a millisecond on a good disk and the command's ten seconds at worst; batches hold 10,000 entries at most.
    private static readonly InstrumentAdvice<double> CommitTimes = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<int> BatchSizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 10_000] };

    private readonly Meter _meter;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _size;
    private readonly Counter<int> _failed;
    private readonly Counter<int> _lost;
    private readonly Counter<int> _refused;

    public LedgerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(SiloHost.Telemetry);
        _commit = _meter.CreateHistogram("platform.ledger.commit.duration", "s", "Time from sending a batch to knowing that it is durable.", advice: CommitTimes);
        _size = _meter.CreateHistogram("platform.ledger.batch.size", "{entry}", "Entries that were committed together.", advice: BatchSizes);
        _failed = _meter.CreateCounter<int>("platform.ledger.batches.failed", "{batch}", "Batches of which it is not known that they are durable; nothing was released on them.");
        _lost = _meter.CreateCounter<int>("platform.ledger.appends.lost", "{entry}", "Entries whose place was taken by another silo; nothing was released on them.");
        _refused = _meter.CreateCounter<int>("platform.ledger.appends.refused", "{entry}", "Entries that found the queue full; their callers were told to come back.");
    }

    /// <summary>Whether times are worth taking.</summary>
    public bool TimesCommits => _commit.Enabled;

    public void WatchQueue(Func<int> waiting) => _meter.CreateObservableGauge("platform.ledger.queue.depth", waiting, "{entry}", "Entries that wait for their batch.");

    public void Committed(TimeSpan duration, int entries, int taken)
    {
        _commit.Record(duration.TotalSeconds);
        _size.Record(entries);
        if (taken < entries)
        {
            _lost.Add(entries - taken);
        }
    }

    public void Failed() => _failed.Add(1);

    public void Refused() => _refused.Add(1);
}
