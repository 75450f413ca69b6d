using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Platform.Load.Checking;
using Platform.Load.Checking.Planted;
using Platform.Load.Histories;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>Puts bugs into silos and shows that the checker finds each, and finds nothing without them.</summary>
internal static class PlantedCommand
{
    public static Command Create()
    {
        var seconds = RunOptions.Bounded("--seconds", "Length of a round of load; there are rounds until the bug is found, for a minute at most.", 8, 2, 60);
        var only = new Option<PlantedBug[]>("--only") { Description = "Only these bugs.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<PlantedBug>() };
        var save = new Option<DirectoryInfo?>("--save") { Description = "Folder for the histories." };
        var command = new Command("planted", "Plants one bug after the other in two silos over one database, and tells what the checker found: 0 if all bugs were found and nothing else.") { seconds, only, save };
        command.SetAction((parsed, cancellation) => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetRequiredValue(only), parsed.GetValue(save), cancellation));
        return command;
    }

    /// <summary>The host of one such silo; a part of the other command.</summary>
    public static Command CreateSilo()
    {
        var bug = new Argument<PlantedBug>("BUG");
        var command = new Command("planted-silo", "Serves a silo with a bug.") { bug };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => PlantedSilo.Run(parsed.GetValue(bug), cancellation));
        return command;
    }

    private static async Task<int> Run(TimeSpan length, PlantedBug[] bugs, DirectoryInfo? save, CancellationToken cancellation)
    {
        var options = new StackOptions { Silos = 1, Apis = 1, Identities = 1, Citizens = 3000 };
        await using var stack = await ProvinceStack.Start(options, cancellation);
        var run = new PlantedRun(stack);
        var allAsExpected = true;
        foreach (var bug in bugs)
        {
            var started = Stopwatch.GetTimestamp();
            var (report, history) = await run.Run(bug, length, cancellation);
            var expected = bug == PlantedBug.None ? CheckReport.Clean : CheckReport.Violated;
            allAsExpected &= report.ExitCode == expected;
            var found = string.Join(", ", report.Violations.CountBy(violation => violation.Rule).OrderByDescending(rule => rule.Value).Select(rule => $"{rule.Key} {rule.Value}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bug,-15} {(report.ExitCode == expected ? "as expected" : "NOT AS EXPECTED"),-16} {report.Operations,5} operations {report.Entries,5} entries {Stopwatch.GetElapsedTime(started).TotalSeconds,5:0.0} s  {found}"));
            if (report.ExitCode != expected)
            {
                ReportText.Write(Console.Out, report, most: 5);
            }

            if (save is not null)
            {
                save.Create();
                await using var writer = HistoryWriter.Create(Path.Combine(save.FullName, $"{bug}.ndjson"), history.Header);
                foreach (var operation in history.Operations)
                {
                    writer.Write(operation);
                }
            }
        }

        return allAsExpected ? 0 : 1;
    }
}
