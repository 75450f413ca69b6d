using System.CommandLine;
using System.Text.Json;
using Platform.Domain;
using Platform.Hosting;
using Platform.Silo.Verify;
using Spectre.Console;

namespace Platform.Silo.Commands;

internal static class VerifyCommand
{
    private const int FindingsShown = 100;

    public static Command Create()
    {
        var database = SiloCommands.DatabaseOption();
        var anchor = new Option<FileInfo?>("--anchor") { Description = "A file that --save-anchor wrote earlier: what it names must still be there." };
        var save = new Option<FileInfo?>("--save-anchor") { Description = "Write the newest batches here; keep the file away from the database." };
        var command = new Command("verify-ledger", "Walks all ledgers and finds every entry that was changed, removed, reordered or forked.")
        {
            database,
            anchor,
            save,
        };
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(database), parsed.GetValue(anchor), parsed.GetValue(save), cancellation));
        return command;
    }

    private static async Task<int> Run(string? databaseText, FileInfo? anchorFile, FileInfo? saveFile, CancellationToken cancellation)
    {
        var anchors = anchorFile is null ? null : await ReadAnchors(anchorFile, cancellation);
        await using var database = await SiloHost.Open(databaseText, cancellation: cancellation);
        VerificationReport report = null!;
        await AnsiConsole.Progress().StartAsync(async context =>
        {
            var task = context.AddTask("ledger entries", maxValue: 1);
            report = await new LedgerVerification(database).Run(
                (walked, total) => task.Value = total == 0 ? 1 : (double)walked / total, anchors, cancellation);
        });
        foreach (var finding in report.Findings.Take(FindingsShown))
        {
            AnsiConsole.WriteLine($"{finding.Code} {finding.Where} at {finding.Position}: {finding.What}");
        }

        AnsiConsole.WriteLine(
            $"{report.Entries} entries of {report.Subjects} ledgers and {report.Records} records: {(report.Findings.Count == 0 ? "all as written" : $"{report.Findings.Count} findings")}");
        if (saveFile is not null && report.Findings.Count == 0)
        {
            await File.WriteAllTextAsync(saveFile.FullName, DomainJson.Write(report.Anchors), cancellation);
        }

        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyDictionary<int, LaneAnchor>> ReadAnchors(FileInfo file, CancellationToken cancellation)
    {
        try
        {
            return DomainJson.Read<Dictionary<int, LaneAnchor>>(await File.ReadAllTextAsync(file.FullName, cancellation));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new CannotStartException("The anchor file cannot be read as one that --save-anchor wrote.", exception);
        }
    }
}
