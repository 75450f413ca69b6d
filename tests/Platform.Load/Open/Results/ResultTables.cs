using System.Globalization;
using Spectre.Console;

namespace Platform.Load.Open.Results;

/// <summary>A result as people read it.</summary>
internal static class ResultTables
{
    private const int Wide = 200;

    public static void Print(LoadResult result)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Wide;
        }

        AnsiConsole.Write(Workloads(result));
        AnsiConsole.Write(Instances(result));
        AnsiConsole.Write(Outcomes(result));
        if (!result.Phases.IsEmpty)
        {
            AnsiConsole.Write(Phases(result));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The load program itself: started operations {result.Lateness.P50:0.00} ms (p50) to {result.Lateness.P99:0.00} ms (p99) after their time, took {result.ProcessorPerOperation:0} µs of processor for each; {result.TokenFailures} renewals of tokens failed."));
    }

    public static Table Phases(LoadResult result)
    {
        var table = Table("phase", "s", "asked", "answered at once", "hidden by a retry", "failed", "not sent", "available", "longest gap s", "by API s", "by identity s", "p99 ms");
        foreach (var phase in result.Phases)
        {
            string Gaps(IEnumerable<TimeSpan> gaps) => string.Join(" / ", gaps.Select(gap => Text(gap.TotalSeconds, "0.0")));
            Add(table, phase.Name, Text(phase.Length.TotalSeconds, "0.0"), Text(phase.Asked), Text(phase.Served), Text(phase.Hidden), Text(phase.Failed), Text(phase.NotSent),
                Text(phase.Availability * 100, "0.00") + " %", Text(phase.LongestGap.TotalSeconds, "0.0"), Gaps(phase.LongestGapByApi), Gaps(phase.LongestGapByIdentity), Text(phase.Latency.P99, "0.0"));
        }

        return table;
    }

    private static Table Workloads(LoadResult result)
    {
        var table = Table("workload", "asked/s", "answered/s", "asked", "sent", "answered", "hidden", "failed", "p50 ms", "p90", "p99", "p99.9", "max");
        foreach (var one in result.Workloads.Append(result.All))
        {
            Add(table, one.Name, Text(one.AskedPerSecond, "0.0"), Text(one.AnsweredPerSecond, "0.0"), Text(one.Asked), Text(one.Sent), Text(one.Answered), Text(one.Hidden), Text(one.Failed),
                Text(one.Latency.P50, "0.0"), Text(one.Latency.P90, "0.0"), Text(one.Latency.P99, "0.0"), Text(one.Latency.P999, "0.0"), Text(one.Latency.Max, "0.0"));
        }

        return table;
    }

    private static Table Instances(LoadResult result)
    {
        var table = Table("instance", "asked last", "answered", "failed", "p50 ms", "p99");
        foreach (var one in result.Apis.Concat(result.Identities))
        {
            Add(table, one.Name, Text(one.Sent), Text(one.Answered), Text(one.Failed), Text(one.Latency.P50, "0.0"), Text(one.Latency.P99, "0.0"));
        }

        return table;
    }

    private static Table Outcomes(LoadResult result)
    {
        var table = Table("workload", "outcome", "count");
        foreach (var one in result.Workloads)
        {
            foreach (var (outcome, count) in one.Outcomes)
            {
                Add(table, one.Name, outcome, Text(count));
            }
        }

        return table;
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = index == 0 || column == "outcome" ? Justify.Left : Justify.Right });
        }

        return table;
    }

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
