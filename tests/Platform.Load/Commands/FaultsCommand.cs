using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Platform.Load.Faults;
using Platform.Load.Faults.Ground;
using Platform.Load.Faults.Results;
using Platform.Load.Histories;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>Faults in turn under load, and what came of each.</summary>
internal static class FaultsCommand
{
    private const int Misuse = 2;
    private const int CannotRun = 78;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var minutes = RunOptions.Bounded("--minutes", "Goes through the faults again until so much time is over; 0 for once through.", 0, 0, 24 * 60);
        var only = new Option<string?>("--only") { Description = "Names of faults, with commas." };
        var isShort = new Option<bool>("--short") { Description = "The most telling faults once, each for a shorter time." };
        var seed = new Option<int>("--seed") { Description = "The same seed plans the same operations.", DefaultValueFactory = _ => 1 };
        var citizens = RunOptions.Bounded("--citizens", "Synthetic citizens.", 400, 10, 1_000_000);
        var rate = RunOptions.Bounded("--rate", "Operations a second.", 60d, 1, 10_000);
        var save = new Option<FileInfo?>("--save") { Description = "File for the figures; the history of a fault with a finding, and what the processes said, is kept beside it." };
        var older = new Option<DirectoryInfo?>("--older") { Description = "Folder of another version of this repository, built in the same configuration: the stack begins with its programs, and the fault 'upgrade' comes first." };
        var list = new Option<bool>("--list") { Description = "Tells the faults and does nothing." };
        var command = new Command("faults", "Puts load on a stack of its own and lets things go wrong, one after the other; checks every answer against every ledger.")
        {
            minutes, only, isShort, seed, citizens, rate, older, save, list,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(list))
            {
                return List();
            }

            var chosen = Choose(parsed.GetValue(only), parsed.GetValue(isShort), parsed.GetValue(seed), parsed.GetValue(older)?.FullName, out var finding);
            if (chosen is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(finding);
                return Misuse;
            }

            if ((Laboratory.Missing() ?? (Laboratory.IsInside ? null : await Laboratory.Refused(cancellation))) is { } missing)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(missing);
                return CannotRun;
            }

            if (!Laboratory.IsInside)
            {
                return await Laboratory.Enter([.. parsed.Tokens.Select(token => token.Value)], cancellation);
            }

            var options = new FaultRunOptions { Seed = parsed.GetValue(seed), Rate = parsed.GetValue(rate), IsShort = parsed.GetValue(isShort) };
            var stack = new StackOptions { Citizens = parsed.GetValue(citizens), Older = parsed.GetValue(older)?.FullName };
            return await Run(chosen, options, stack, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(save)?.FullName, cancellation);
        });
        return command;
    }

    private static int List()
    {
        foreach (var fault in Catalogue.All(0))
        {
            Console.WriteLine($"{fault.Name,-20} {fault.What}{(fault.Missing() is { } missing ? $" (not here: needs {missing})" : "")}");
        }

        return 0;
    }

    private static IReadOnlyList<IFault>? Choose(string? only, bool isShort, int seed, string? older, out string finding)
    {
        finding = "";
        if (only is null)
        {
            return isShort ? [.. Catalogue.Short(seed)] : Catalogue.All(seed, older);
        }

        var all = Catalogue.All(seed, older);
        var names = only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > 0 && names.All(name => all.Any(fault => fault.Name == name)))
        {
            return [.. all.Where(fault => names.Contains(fault.Name))];
        }

        finding = $"--only takes names of faults: {string.Join(", ", all.Select(fault => fault.Name))}.";
        return null;
    }

    private static async Task<int> Run(
        IReadOnlyList<IFault> chosen, FaultRunOptions options, StackOptions stackOptions, TimeSpan length, string? save, CancellationToken cancellation)
    {
        var skipped = chosen.Where(fault => fault.Missing() is not null).Select(fault => $"{fault.Name}: this machine lacks {fault.Missing()}").ToArray();
        var faults = chosen.Where(fault => fault.Missing() is null).ToArray();
        var started = Stopwatch.StartNew();
        await using var laboratory = await Laboratory.Create(2, cancellation);
        await using var stack = await ProvinceStack.Start(
            stackOptions with
            {
                Places = laboratory,
                Postgres = new Dictionary<string, string> { ["max_wal_size"] = "256MB", ["min_wal_size"] = "32MB" },
            },
            cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The stack stands after {started.Elapsed.TotalSeconds:0} s."));
        var reports = new List<FaultReport>();
        try
        {
            await using var supervisor = new Supervisor(stack);
            var run = new FaultRun(stack, laboratory, supervisor, options);
            do
            {
                foreach (var fault in faults)
                {
                    var (report, history) = await run.Run(fault, reports.Count, cancellation);
                    reports.Add(report);
                    FaultTable.PrintOne(report);
                    if (save is not null && !report.IsCorrect)
                    {
                        await Keep(history, $"{save}.{reports.Count}-{report.Name}.ndjson");
                    }
                }
            }
            while (started.Elapsed < length && faults.Length > 0);
        }
        finally
        {
            if (save is not null)
            {
                stack.KeepLogs(save + ".logs");
            }
        }

        var notWell = await stack.Leave(cancellation);
        var (exit, output) = await stack.VerifyLedger(cancellation);
        var whole = new FaultRunReport(options.Seed, [.. reports], [.. skipped], output + string.Concat(notWell.Select(name => $"\n{name} did not end well.")), exit == 0);
        FaultTable.Print(whole);
        if (save is not null)
        {
            await File.WriteAllTextAsync(save, JsonSerializer.Serialize(whole, Readable), cancellation);
        }

        var isSkippedInCi = skipped.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true";
        return whole.IsGood && !isSkippedInCi ? 0 : 1;
    }

    private static async Task Keep(History history, string file)
    {
        await using var writer = HistoryWriter.Create(file, history.Header);
        foreach (var operation in history.Operations)
        {
            writer.Write(operation);
        }
    }
}
