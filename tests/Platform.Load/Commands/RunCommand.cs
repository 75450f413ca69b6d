using System.CommandLine;
using System.Text.Json;
using Platform.Domain.Citizens;
using Platform.Load.Checking;
using Platform.Load.Histories;
using Platform.Load.Open;
using Platform.Load.Open.Results;
using Platform.Silo.Storage;

namespace Platform.Load.Commands;

/// <summary>Open-loop load for a while, and what it came to.</summary>
internal static class RunCommand
{
    private const int Unanswered = 1;
    private const int MostShown = 20;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var options = new RunOptions();
        var callers = RunOptions.Bounded("--callers", "A closed loop of so many callers instead of a rate; 0 for none.", 0, 0, 10_000);
        var save = new Option<FileInfo?>("--save") { Description = "File for the history, to be checked again." };
        var json = new Option<FileInfo?>("--json") { Description = "File for the figures." };
        var check = new Option<bool>("--check") { Description = "Checks the recorded history at the end, against the ledgers where the database is known.", DefaultValueFactory = _ => true };
        var database = new Option<string?>("--database") { Description = "With --data: PostgreSQL connection string, or sqlite:PATH, of the province, for the check." };
        var command = new Command("run", "Asks at a fixed rate, whatever the answers, and tells latencies from the intended start.") { callers, save, json, check, database };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => LoadPlace.Use(
            options,
            parsed,
            async place =>
            {
                var asked = options.Load(parsed) with
                {
                    Callers = parsed.GetValue(callers) is var some and > 0 ? some : null,
                    Save = parsed.GetValue(save)?.FullName,
                    Record = parsed.GetValue(check),
                };
                var result = await Run(place, asked, cancellation);
                ResultTables.Print(result);
                if (parsed.GetValue(json) is { } file)
                {
                    await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(result, Readable), CancellationToken.None);
                }

                var found = asked.Record ? await Check(result.History, place, place.Stack?.Database ?? parsed.GetValue(database), cancellation) : CheckReport.Clean;
                return result.All.Answered == result.All.Asked ? found : Math.Max(found, Unanswered);
            },
            cancellation));
        return command;
    }

    private static async Task<LoadResult> Run(LoadPlace place, LoadOptions options, CancellationToken cancellation)
    {
        await using var run = await LoadRun.Start(place.Target, options, cancellation);
        await Progress.Show(run);
        return await run.Stop();
    }

    private static async Task<int> Check(History history, LoadPlace place, string? text, CancellationToken cancellation)
    {
        Console.WriteLine("Checking the history.");
        CheckReport report;
        if (text is null)
        {
            report = HistoryCheck.AnswersAlone(history);
        }
        else
        {
            await using var database = PlatformDatabase.Open(text);
            report = await HistoryCheck.WithLedgers(history, database, citizen => PersonalId.Parse(place.Target.Citizens[citizen]), cancellation);
        }

        ReportText.Write(Console.Out, report, MostShown);
        return report.ExitCode;
    }
}
