using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Open.Results;

/// <summary>What a run came to.</summary>
internal sealed record LoadResult
{
    /// <summary>The options that decided what was sent and when.</summary>
    public ImmutableSortedDictionary<string, string> Options => History.Header.Options;

    public int Seed => History.Header.Seed;

    /// <summary>The time over which was asked, without waiting for the last answers.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>All workloads together.</summary>
    public required WorkloadSummary All { get; init; }

    public required ImmutableArray<WorkloadSummary> Workloads { get; init; }

    public required ImmutableArray<WorkloadSummary> Apis { get; init; }

    public required ImmutableArray<WorkloadSummary> Identities { get; init; }

    public required ImmutableArray<PhaseSummary> Phases { get; init; }

    public required ImmutableArray<SecondSummary> Seconds { get; init; }

    /// <summary>How late operations were started by the load program itself; it is a part of every latency.</summary>
    public required Percentiles Lateness { get; init; }

    /// <summary>Renewals of tokens that failed.</summary>
    public required long TokenFailures { get; init; }

    /// <summary>Processor time of the load program for one operation, all its work included, in microseconds.</summary>
    public required double ProcessorPerOperation { get; init; }

    /// <summary>What was recorded; empty if nothing was to be kept.</summary>
    internal required History History { get; init; }

    public static LoadResult Of(
        TimeSpan length, Finished[] finished, IEnumerable<Phase> phases, int apis, int identities, TimeSpan processor, long tokenFailures, History history)
    {
        WorkloadSummary Summary(string name, Func<Finished, bool> which) => WorkloadSummary.Of(name, [.. finished.Where(which)], length);
        ImmutableArray<WorkloadSummary> ByInstance(string name, int count, bool identity) =>
            [.. Enumerable.Range(0, count).Select(instance => Summary($"{name} {instance}", one => one.AtIdentity == identity && one.Done.Instance == instance))];
        return new()
        {
            Length = length,
            All = WorkloadSummary.Of("all", finished, length),
            Workloads = [.. finished.Select(one => one.Workload).Distinct().Order().Select(workload => Summary(Mix.Name(workload), one => one.Workload == workload))],
            Apis = ByInstance("api", apis, identity: false),
            Identities = ByInstance("identity", identities, identity: true),
            Phases = [.. phases.Select(phase => PhaseSummary.Of(phase, finished, apis, identities))],
            Seconds = SecondSummary.Of(finished),
            Lateness = Percentiles.Of(finished.Where(one => one.Done.Instance is not null).Select(one => one.Sent - one.Intended)),
            TokenFailures = tokenFailures,
            ProcessorPerOperation = finished.Length == 0 ? 0 : processor.TotalMicroseconds / finished.Length,
            History = history,
        };
    }
}
