using System.Globalization;

namespace Platform.Load.Peer.Sql;

/// <summary>Rounds as text: each as a line, and the ratios of the first contestant to the others round by round.</summary>
internal static class ComparisonTable
{
    public static string Line(Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"{round.Contestant,-11} {round.PerSecond,6:0}/s  p50 {round.P50,6:0.0}  p99 {round.P99,6:0.0}  p99.9 {round.P999,6:0.0} ms  CPU {round.Microseconds,4:0} µs = {Parts(round)} + database {round.DatabaseMicroseconds:0}  {round.MeanBytes:0} bytes  {round.Released} released, {round.Denied} denied, {round.Failed} failed, rows {round.Rows?.ToString(CultureInfo.InvariantCulture) ?? "none"}");

    /// <summary>The first contestant against each other one.</summary>
    public static IEnumerable<string> Ratios(IReadOnlyList<Round> rounds)
    {
        var byName = rounds.GroupBy(round => round.Contestant).ToArray();
        foreach (var other in byName.Skip(1))
        {
            var pairs = byName[0].Zip(other).ToArray();
            yield return $"{byName[0].Key} / {other.Key}: throughput {Spread(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond))}"
                + $"; CPU per request {other.Key} / {byName[0].Key} {Spread(pairs.Select(pair => pair.Second.Microseconds / pair.First.Microseconds))}"
                + $"; p99 {byName[0].Key} / {other.Key} {Spread(pairs.Select(pair => pair.First.P99 / pair.Second.P99))}";
        }
    }

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
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:0.00} ({sorted[0]:0.00}–{sorted[^1]:0.00})");
    }
}
