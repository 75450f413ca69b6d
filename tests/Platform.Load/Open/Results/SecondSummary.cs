using System.Collections.Immutable;
using Platform.Load.Open.Work;

namespace Platform.Load.Open.Results;

/// <summary>One second of one workload, by intended start.</summary>
internal sealed record SecondSummary(int Second, string Workload, int Asked, int Answered, int Hidden, int Failed, int NotSent, double P50, double P99)
{
    public static ImmutableArray<SecondSummary> Of(IEnumerable<Finished> finished) =>
    [
        .. finished.GroupBy(one => (Second: (int)(one.Intended / 1_000_000), one.Workload))
            .OrderBy(group => group.Key.Second).ThenBy(group => group.Key.Workload)
            .Select(group =>
            {
                var waits = group.Where(one => one.IsAnswered).Select(one => one.Latency).Order().ToArray();
                double At(double share) => waits.Length == 0 ? 0 : waits[(int)Math.Ceiling(share * waits.Length) - 1] / 1000.0;
                int Count(Verdict verdict) => group.Count(one => one.Done.Verdict == verdict);
                return new SecondSummary(
                    group.Key.Second, Mix.Name(group.Key.Workload), group.Count(), waits.Length, Count(Verdict.Hidden), Count(Verdict.Failed), Count(Verdict.NotSent), At(0.5), At(0.99));
            }),
    ];
}
