using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Platform.Load.Checking;
using Platform.Load.Histories;
using Platform.Silo.Storage;

namespace Platform.Load.Commands;

/// <summary>Checks a saved history, alone or against the ledgers of the province it was recorded on.</summary>
internal static class CheckCommand
{
    private const int BadInput = 2;
    private const string Sqlite = "sqlite:";

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A history, as run and faults save it." };
        var database = new Option<string?>("--database") { Description = "PostgreSQL connection string, or sqlite:PATH, of the province: answers are compared with ledgers too." };
        var json = new Option<bool>("--json") { Description = "The whole report as JSON." };
        var most = new Option<int>("--most") { Description = "Violations to show.", DefaultValueFactory = _ => 20 };
        var command = new Command("check", "Decides whether a history can have happened: 0 yes, 1 no, 3 undecided, 2 wrong input.") { file, database, json, most };
        command.SetAction((parsed, cancellation) => Run(
            parsed.GetRequiredValue(file).FullName, parsed.GetValue(database), parsed.GetValue(json), parsed.GetValue(most), cancellation));
        return command;
    }

    private static async Task<int> Run(string file, string? database, bool json, int most, CancellationToken cancellation)
    {
        try
        {
            var history = await HistoryReader.Read(file, cancellation);
            if (history.Operations.IsEmpty)
            {
                return Refuse($"{file} holds no operation: there is nothing to check.");
            }

            // SQLite would make a file that is not there.
            if (database?.StartsWith(Sqlite, StringComparison.Ordinal) == true && !File.Exists(database[Sqlite.Length..]))
            {
                return Refuse("There is no SQLite database at the path that --database gives.");
            }

            var report = database is null ? HistoryCheck.AnswersAlone(history) : await Against(history, database, cancellation);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(report, HistoryJson.Options));
            }
            else
            {
                ReportText.Write(Console.Out, report, most);
            }

            return report.ExitCode;
        }
        catch (DamagedHistoryException damage)
        {
            return Refuse(damage.Message);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{file} cannot be read ({missing.GetType().Name}).");
        }
        catch (DbException fault)
        {
            return Refuse($"The ledgers cannot be read from the database ({fault.GetType().Name}{(fault.SqlState is { } state ? $" {state}" : "")}).");
        }
        catch (InvalidOperationException refusal) when (refusal.Source == typeof(PlatformDatabase).Assembly.GetName().Name)
        {
            return Refuse(refusal.Message);
        }
    }

    private static async Task<CheckReport> Against(History history, string text, CancellationToken cancellation)
    {
        await using var database = PlatformDatabase.Open(text);
        return await HistoryCheck.WithLedgers(history, database, people: null, cancellation);
    }

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return BadInput;
    }
}
