using System.Collections.Immutable;
using Platform.Load.Open.Work;

namespace Platform.Load.Open.Results;

/// <summary>How one workload fared, or all of them together.</summary>
internal sealed record WorkloadSummary
{
    public required string Name { get; init; }

    /// <summary>Operations that the schedule asked for.</summary>
    public required long Asked { get; init; }

    public required long Sent { get; init; }

    /// <summary>Answered in the end, however late.</summary>
    public required long Answered { get; init; }

    /// <summary>Of the answered, those that one retry hid.</summary>
    public required long Hidden { get; init; }

    public required long Failed { get; init; }

    /// <summary>From the intended start to the answer, of all that were answered.</summary>
    public required Percentiles Latency { get; init; }

    public required double AskedPerSecond { get; init; }

    public required double AnsweredPerSecond { get; init; }

    /// <summary>How often each outcome came last.</summary>
    public required ImmutableSortedDictionary<string, long> Outcomes { get; init; }

    public static WorkloadSummary Of(string name, IReadOnlyCollection<Finished> finished, TimeSpan length)
    {
        long Count(Func<Finished, bool> which) => finished.LongCount(which);
        var answered = Count(one => one.IsAnswered);
        return new()
        {
            Name = name,
            Asked = finished.Count,
            Sent = Count(one => one.Done.Verdict != Verdict.NotSent),
            Answered = answered,
            Hidden = Count(one => one.Done.Verdict == Verdict.Hidden),
            Failed = Count(one => one.Done.Verdict == Verdict.Failed),
            Latency = Percentiles.Of(finished.Where(one => one.IsAnswered).Select(one => one.Latency)),
            AskedPerSecond = finished.Count / length.TotalSeconds,
            AnsweredPerSecond = answered / length.TotalSeconds,
            Outcomes = Counts(finished.Select(one => one.Done.Outcome)),
        };
    }

    public static ImmutableSortedDictionary<string, long> Counts(IEnumerable<string> names) =>
        names.CountBy(name => name).ToImmutableSortedDictionary(pair => pair.Key, pair => (long)pair.Value, StringComparer.Ordinal);
}
