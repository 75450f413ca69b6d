using System.Globalization;

namespace Platform.Load.Peer.Sql;

/// <summary>Rounds as text: each as a line, and the ratios of the first contestant to the others round by round.</summary>
internal static class ComparisonTable
{
    public static string Line(Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"{round.Contestant,-11} {round.Callers,4} callers  {round.PerSecond,6:0}/s  p50 {round.P50,6:0.0}  p99 {round.P99,6:0.0}  p99.9 {round.P999,6:0.0} ms  CPU {round.Microseconds,4:0} µs = {Parts(round)} + database {round.DatabaseMicroseconds:0}  {round.MeanBytes:0} bytes  {round.Released} released, {round.Denied} denied, {round.Failed} failed, rows {round.Rows?.ToString(CultureInfo.InvariantCulture) ?? "none"}");

    /// <summary>The first contestant against each other one: with each number of callers, and with several also each at its own best.</summary>
    public static IEnumerable<string> Ratios(IReadOnlyList<Round> rounds)
    {
        var byCallers = rounds.GroupBy(round => round.Callers).ToArray();
        var lines = byCallers.SelectMany(group => Ratios($"{group.Key} callers", group.GroupBy(round => round.Contestant).Select(own => own.ToArray()).ToArray()));
        var atBest = rounds
            .GroupBy(round => round.Contestant)
            .Select(own => own.GroupBy(round => round.Callers).MaxBy(group => Median(group.Select(round => round.PerSecond)))!.ToArray())
            .ToArray();
        return byCallers.Length == 1 ? lines : lines.Concat(Ratios("each at its best", atBest));
    }

    private static IEnumerable<string> Ratios(string when, Round[][] contestants)
    {
        var first = contestants[0];
        yield return $"{when}: {string.Join(", ", contestants.Select(own => string.Create(CultureInfo.InvariantCulture, $"{Named(own)} {Median(own.Select(round => round.PerSecond)):0}/s")))}";
        foreach (var other in contestants.Skip(1))
        {
            var pairs = first.Zip(other).ToArray();
            yield return $"  {first[0].Contestant} / {other[0].Contestant}: throughput {Spread(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond))}"
                + $"; CPU per request {other[0].Contestant} / {first[0].Contestant} {Spread(pairs.Select(pair => pair.Second.Microseconds / pair.First.Microseconds))}"
                + $"; p99 {first[0].Contestant} / {other[0].Contestant} {Spread(pairs.Select(pair => pair.First.P99 / pair.Second.P99))}";
        }
    }

    private static string Named(Round[] own) => string.Create(CultureInfo.InvariantCulture, $"{own[0].Contestant} ({own[0].Callers})");

    /// <summary>What must hold of every round for it to count.</summary>
    public static IEnumerable<string> Findings(IEnumerable<Round> rounds) => rounds
        .Where(round => round.Failed > 0 || round.Answers == 0 || (round.Rows ?? round.Answers) != round.Answers)
        .Select(round => $"{round.Contestant}: {round.Answers} answers, {round.Failed} failed, but {round.Rows} rows");

    private static string Parts(Round round) =>
        string.Join(" + ", round.Processes.Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Name} {process.Microseconds:0}")));

    /// <summary>Median, least and most.</summary>
    public static string Spread(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{Median(sorted):0.00} ({sorted[0]:0.00}–{sorted[^1]:0.00})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
