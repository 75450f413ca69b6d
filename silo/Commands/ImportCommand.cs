using System.CommandLine;
using Platform.Domain.Intake;
using Platform.Hosting;
using Platform.Silo.Import;
using Spectre.Console;

namespace Platform.Silo.Commands;

internal static class ImportCommand
{
    private const int ProblemsShown = 50;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "One record a line: NDJSON, or CSV if the name ends in .csv." };
        var database = SiloCommands.DatabaseOption();
        var command = new Command("import", "Takes in citizen records from a file. Starting it again resumes: whom the province holds is left as it is.")
        {
            file,
            database,
        };
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(file), parsed.GetValue(database), cancellation));
        return command;
    }

    private static async Task<int> Run(FileInfo file, string? databaseText, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new CannotStartException("The file to import does not exist.");
        }

        await using var database = await SiloHost.Open(databaseText, cancellation: cancellation);
        await using var stream = file.OpenRead();
        var lines = file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? ImportFile.ReadCsv(stream, cancellation)
            : ImportFile.ReadNdjson(stream, cancellation);
        return await ImportBar.Run(
            new CitizenImporter(database, TimeProvider.System).Import(lines, cancellation),
            _ => stream.Length == 0 ? 1 : (double)stream.Position / stream.Length,
            ProblemsShown);
    }
}

/// <summary>Shows an import while it runs and sums it up; also used by the whole province in one process.</summary>
public static class ImportBar
{
    /// <summary>Runs an import to its end; gives 0, or 1 if a line was refused.</summary>
    public static async Task<int> Run(IAsyncEnumerable<ImportProgress> import, Func<ImportProgress, double> done, int problemsShown)
    {
        var last = new ImportProgress(0, 0, 0, []);
        var problems = new List<ImportProblem>();
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(
            async context =>
            {
                var task = context.AddTask("citizens", maxValue: 1);
                await foreach (var progress in import)
                {
                    last = progress;
                    problems.AddRange(progress.Problems.Take(problemsShown - problems.Count));
                    task.Value = done(progress);
                    task.Description = $"{progress.Lines} citizens";
                }

                task.Value = 1;
            });
        foreach (var problem in problems)
        {
            AnsiConsole.WriteLine($"line {problem.Line}: {problem.Code}: {problem.Reason}");
        }

        AnsiConsole.WriteLine($"imported {last.Imported}, already held {last.AlreadyHeld}, refused {last.Refused}");
        return last.Refused == 0 ? 0 : 1;
    }
}
