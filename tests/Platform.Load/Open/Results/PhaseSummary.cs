using System.Collections.Immutable;
using Platform.Load.Open.Work;

namespace Platform.Load.Open.Results;

/// <summary>A named interval of a run, such as one fault.</summary>
internal sealed record Phase(string Name, long From, long To);

/// <summary>How the operations fared whose intended start lies in a phase.</summary>
internal sealed record PhaseSummary
{
    public required string Name { get; init; }

    public required TimeSpan From { get; init; }

    public required TimeSpan Length { get; init; }

    public required long Asked { get; init; }

    /// <summary>Answered at the first attempt.</summary>
    public required long Served { get; init; }

    /// <summary>Failed at first, hidden by one retry.</summary>
    public required long Hidden { get; init; }

    public required long Failed { get; init; }

    public required long NotSent { get; init; }

    /// <summary>Share of what was asked that was served or hidden; what was not sent counts as not available.</summary>
    public required double Availability { get; init; }

    /// <summary>Names of the first failures, also of those that a retry hid.</summary>
    public required ImmutableSortedDictionary<string, long> Failures { get; init; }

    /// <summary>The longest time in which no API answered anybody.</summary>
    public required TimeSpan LongestGap { get; init; }

    public required ImmutableArray<TimeSpan> LongestGapByApi { get; init; }

    public required ImmutableArray<TimeSpan> LongestGapByIdentity { get; init; }

    public required Percentiles Latency { get; init; }

    public static PhaseSummary Of(Phase phase, IEnumerable<Finished> finished, int apis, int identities)
    {
        var all = finished as IReadOnlyCollection<Finished> ?? [.. finished];
        var within = all.Where(one => one.Intended >= phase.From && one.Intended < phase.To).ToArray();
        long Count(Verdict verdict) => within.LongCount(one => one.Done.Verdict == verdict);
        var (served, hidden) = (Count(Verdict.Served), Count(Verdict.Hidden));

        // Gaps are about when answers came, whenever they were asked for.
        TimeSpan LongestGap(Func<Finished, bool> which) => Gap.Longest(all.Where(one => one.IsAnswered && which(one)).Select(one => one.Ended), phase.From, phase.To);
        ImmutableArray<TimeSpan> ByInstance(int count, bool identity) =>
            [.. Enumerable.Range(0, count).Select(instance => LongestGap(one => one.AtIdentity == identity && one.Done.Instance == instance))];
        return new()
        {
            Name = phase.Name,
            From = TimeSpan.FromMicroseconds(phase.From),
            Length = TimeSpan.FromMicroseconds(phase.To - phase.From),
            Asked = within.Length,
            Served = served,
            Hidden = hidden,
            Failed = Count(Verdict.Failed),
            NotSent = Count(Verdict.NotSent),
            Availability = within.Length == 0 ? 1 : (double)(served + hidden) / within.Length,
            Failures = WorkloadSummary.Counts(within.Select(one => one.Done.Fault).OfType<string>()),
            LongestGap = LongestGap(one => !one.AtIdentity),
            LongestGapByApi = ByInstance(apis, identity: false),
            LongestGapByIdentity = ByInstance(identities, identity: true),
            Latency = Percentiles.Of(within.Where(one => one.IsAnswered).Select(one => one.Latency)),
        };
    }
}
