using Platform.Load.Open;
using Platform.Load.Open.Results;
using Platform.Load.Open.Work;
using Xunit;

namespace Platform.Tests.Load;

public sealed class ResultTests
{
    private static readonly Done Served = new(Verdict.Served, "200", null, 0, IsAnswered: true);

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void Percentiles_are_those_of_the_sorted_values_and_at_most_a_thousandth_above_them(int count)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (long)Math.Exp(random.NextDouble() * 17) + 1).ToArray();
        var sorted = values.Order().ToArray();

        var found = Percentiles.Of(values);

        foreach (var (share, milliseconds) in new[] { (0.5, found.P50), (0.9, found.P90), (0.99, found.P99), (0.999, found.P999), (1, found.Max) })
        {
            var exact = sorted[Math.Max(0, (int)Math.Ceiling(Math.Round(share * count, 6)) - 1)];
            Assert.InRange(milliseconds * 1000, exact, (exact * 1.001) + 1);
        }

        Assert.Equal(count, found.Count);
    }

    [Fact]
    public void No_values_have_no_percentiles() => Assert.Equal(new Percentiles(0, 0, 0, 0, 0, 0), Percentiles.Of([]));

    [Fact]
    public void The_longest_gap_may_lie_before_the_first_answer_between_two_or_after_the_last()
    {
        Assert.Equal(TimeSpan.FromMicroseconds(60), Gap.Longest([160, 180], 100, 200));
        Assert.Equal(TimeSpan.FromMicroseconds(70), Gap.Longest([190, 110, 120], 100, 200));
        Assert.Equal(TimeSpan.FromMicroseconds(80), Gap.Longest([120, 110], 100, 200));
        Assert.Equal(TimeSpan.FromMicroseconds(100), Gap.Longest([], 100, 200));
        Assert.Equal(TimeSpan.FromMicroseconds(100), Gap.Longest([99, 201], 100, 200));
    }

    [Fact]
    public void A_phase_counts_what_was_intended_in_it_and_tells_what_a_retry_hid_from_what_failed()
    {
        Finished[] finished =
        [
            At(999, Served),
            At(1000, Served),
            At(1500, new(Verdict.Hidden, "200", "503 busy", 1, IsAnswered: true)),
            At(1600, Done.Failed("timeout", 1)),
            At(1700, new(Verdict.Failed, "200", "lost-connection", 0, IsAnswered: true)),
            At(1999, Done.NotSent(InFlight.TooMany)),
            At(2000, Served),
        ];

        var phase = PhaseSummary.Of(new Phase("fault", 1000, 2000), finished, apis: 2, identities: 1);

        Assert.Equal((5, 1, 1, 2, 1), (phase.Asked, phase.Served, phase.Hidden, phase.Failed, phase.NotSent));
        Assert.Equal(0.4, phase.Availability);
        Assert.Equal(["503 busy", "lost-connection", InFlight.TooMany, "timeout"], phase.Failures.Keys);
    }

    [Fact]
    public void Gaps_are_told_in_all_and_by_instance_and_identity_servers_are_not_apis()
    {
        Finished[] finished =
        [
            At(1100, Served with { Instance = 0 }),
            At(1400, Served with { Instance = 1 }),
            At(1700, Served with { Instance = 0 }),
            At(1500, Done.Failed("timeout", 0)),
            At(1200, Served with { Instance = 0 }) with { Workload = Workload.Token },
        ];

        var phase = PhaseSummary.Of(new Phase("fault", 1000, 2000), finished, apis: 2, identities: 2);

        Assert.Equal(300, phase.LongestGap.TotalMicroseconds);
        Assert.Equal([600, 600], phase.LongestGapByApi.Select(gap => gap.TotalMicroseconds));
        Assert.Equal([800, 1000], phase.LongestGapByIdentity.Select(gap => gap.TotalMicroseconds));
    }

    [Fact]
    public void What_is_answered_late_counts_as_answered_with_its_whole_wait_and_what_was_never_answered_has_none()
    {
        Finished[] finished =
        [
            new(0, 0, 5_000, Workload.Change, Served),
            new(0, 0, 9_000_000, Workload.Change, new(Verdict.Failed, "200", "timeout", 0, IsAnswered: true)),
            new(0, 0, 1_000, Workload.Change, Done.Failed("refused-connection", 0)),
        ];

        var summary = WorkloadSummary.Of("change", finished, TimeSpan.FromSeconds(3));

        Assert.Equal((3, 3, 2, 2), (summary.Asked, summary.Sent, summary.Answered, summary.Failed));
        Assert.InRange(summary.Latency.Max, 9_000, 9_010);
        Assert.Equal(2, summary.Latency.Count);
        Assert.Equal(2, summary.Outcomes["200"]);
    }

    [Fact]
    public void Seconds_are_counted_by_intended_start()
    {
        var seconds = SecondSummary.Of([new(999_999, 999_999, 4_000_000, Workload.Push, Served), new(1_000_000, 1_000_000, 1_001_000, Workload.Push, Served)]);

        Assert.Equal([(0, 1, 3000.001), (1, 1, 1.0)], seconds.Select(second => (second.Second, second.Answered, second.P99)));
    }

    private static Finished At(long intended, Done done) => new(intended, intended, intended, Workload.Lawful, done);
}
