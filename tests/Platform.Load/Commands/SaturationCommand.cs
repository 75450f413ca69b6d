using System.CommandLine;
using System.Globalization;
using Platform.Load.Open;
using Platform.Load.Open.Results;
using Spectre.Console;

namespace Platform.Load.Commands;

/// <summary>Raises the rate step by step until it is no longer kept up with.</summary>
internal static class SaturationCommand
{
    private const double Behind = 0.98;

    // A password is slow to check on purpose: a login in the mix would be the p99 at any rate.
    private const string WithoutLogins = "consented=40,lawful=20,change=10,push=8,pushed=10,ledger=5,accesses=3,token=3";

    // Programs that have just started compile their code while they are asked.
    private const int WarmUp = 40;

    private static readonly TimeSpan WarmUpOfOthers = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var options = new RunOptions();
        options.Mix.DefaultValueFactory = _ => WithoutLogins;
        options.WarmUp.DefaultValueFactory = _ => WarmUp;
        var bound = RunOptions.Bounded("--p99", "The p99 in milliseconds from the intended start that is still good.", 100d, 0.1, 60_000);
        var factor = RunOptions.Bounded("--factor", "By how much each step is faster than the one before.", 1.25, 1.01, 10);
        var command = new Command("saturation", "Finds the highest rate that is answered in time; --rate is the first step, --seconds the length of each.") { bound, factor };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => LoadPlace.Use(
            options, parsed, place => Run(place.Target, options.Load(parsed) with { Record = false }, parsed.GetValue(bound), parsed.GetValue(factor), cancellation), cancellation));
        return command;
    }

    private static async Task<int> Run(LoadTarget target, LoadOptions first, double bound, double factor, CancellationToken cancellation)
    {
        var steps = new List<(LoadResult Result, bool Good)>();
        async Task<bool> Good(double rate)
        {
            var warmUp = steps.Count > 0 && first.WarmUp > WarmUpOfOthers ? WarmUpOfOthers : first.WarmUp;
            var options = first with { Rate = rate, Seed = first.Seed + steps.Count, WarmUp = warmUp };
            var result = await Step(target, options, cancellation);
            var good = result.All.Latency.P99 <= bound && result.All.Failed == 0 && result.All.Answered >= Behind * result.All.Asked;
            steps.Add((result, good));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rate,8:0}/s: {result.All.AnsweredPerSecond:0}/s answered, p50 {result.All.Latency.P50:0.0} ms, p99 {result.All.Latency.P99:0.0} ms, {result.All.Failed} failed, {result.All.Asked - result.All.Sent} not sent{(good ? "" : ": too much")}"));
            return good;
        }

        var (last, rate) = (0d, first.Rate);
        for (; await Good(rate); rate *= factor)
        {
            last = rate;
        }

        // Once more between the last that was good and the first that was not.
        if (last > 0 && await Good(Math.Sqrt(last * rate)))
        {
            last = Math.Sqrt(last * rate);
        }

        AnsiConsole.Write(Table(steps));
        Console.WriteLine(last > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Last good rate: {last:0}/s (p99 at most {bound} ms, nothing failed, {Behind:P0} answered).")
            : "Even the first rate was too much: begin with a lower --rate.");
        return last > 0 ? 0 : 1;
    }

    private static async Task<LoadResult> Step(LoadTarget target, LoadOptions options, CancellationToken cancellation)
    {
        await using var run = await LoadRun.Start(target, options, cancellation);
        await run.Through;
        return await run.Stop();
    }

    private static Table Table(IEnumerable<(LoadResult Result, bool Good)> steps)
    {
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var column in new[] { "asked/s", "answered/s", "p50 ms", "p99 ms", "p99.9 ms", "failed", "not sent", "load µs each", "" })
        {
            table.AddColumn(column);
        }

        foreach (var (result, good) in steps.OrderBy(step => step.Result.All.AskedPerSecond))
        {
            string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
            var all = result.All;
            table.AddRow(
                Text(all.AskedPerSecond, "0"), Text(all.AnsweredPerSecond, "0"), Text(all.Latency.P50, "0.0"), Text(all.Latency.P99, "0.0"), Text(all.Latency.P999, "0.0"),
                Text(all.Failed, "0"), Text(all.Asked - all.Sent, "0"), Text(result.ProcessorPerOperation, "0"), good ? "good" : "too much");
        }

        return table;
    }
}
