using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace Platform.Synthetic;

/// <summary>The command that writes a synthetic province to a file.</summary>
public static class GenerateCommand
{
    private static readonly Option<int> Citizens = new("--citizens") { Description = "Number of citizens.", Required = true, CustomParser = Number };

    private static readonly Option<long> Seed = new("--seed") { Description = "Equal seeds give equal files.", DefaultValueFactory = _ => 7 };

    private static readonly Option<DateOnly> AsOf = new("--as-of") { Description = "The day as of which they hold, yyyy-MM-dd.", Required = true, CustomParser = Day };

    private static readonly Option<FileInfo> Out = new("--out") { Description = "The file to write; it must not exist.", Required = true };

    private static readonly Option<FileFormat> Format = new("--format") { Description = "ndjson or csv.", DefaultValueFactory = _ => FileFormat.Ndjson };

    /// <summary>The command line: options in, a file out; 0 if it was written.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Writes a province of people who do not exist.") { Citizens, Seed, AsOf, Out, Format };
        root.SetAction(Run);
        return root;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new SyntheticOptions
        {
            Citizens = parsed.GetValue(Citizens),
            Seed = parsed.GetValue(Seed),
            AsOf = parsed.GetValue(AsOf),
        };
        var file = parsed.GetValue(Out)!;
        try
        {
            await Write(options, file, parsed.GetValue(Format), cancellation);
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Wrote {options.Citizens} citizens to {file.FullName}.");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{file.FullName} cannot be written: {fault.Message} Name another file with --out.");
            return 1;
        }
    }

    private static Task Write(SyntheticOptions options, FileInfo file, FileFormat format, CancellationToken cancellation) => AnsiConsole.Progress().StartAsync(async progress =>
    {
        var task = progress.AddTask("Citizens", maxValue: options.Citizens);
        await using var stream = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        try
        {
            await ProvinceFile.Write(stream, SyntheticProvince.Generate(options), format, written => task.Value = written, cancellation);
        }
        catch
        {
            // Half a province would be taken for a whole one.
            file.Delete();
            throw;
        }
    });

    private static int Number(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= SyntheticOptions.MostCitizens)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"--citizens takes a number from 1 to {SyntheticOptions.MostCitizens}."));
        return 0;
    }

    private static DateOnly Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= SyntheticOptions.FirstDay
            && day <= SyntheticOptions.LastDay)
        {
            return day;
        }

        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"--as-of takes a day from {SyntheticOptions.FirstDay:yyyy-MM-dd} to {SyntheticOptions.LastDay:yyyy-MM-dd}."));
        return default;
    }
}
