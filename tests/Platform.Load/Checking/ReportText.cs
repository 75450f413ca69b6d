using System.Globalization;
using Platform.Load.Histories;

namespace Platform.Load.Checking;

/// <summary>A report for people: totals, then each violation with the operations that show it.</summary>
internal static class ReportText
{
    public static void Write(TextWriter to, CheckReport report, int most)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Operations} operations about {report.Citizens} citizens"));
        to.WriteLine(report.Entries is { } entries
            ? string.Create(CultureInfo.InvariantCulture, $"{entries} ledger entries, {report.Unanswered} of them from attempts without an answer")
            : "answers alone; --database also compares them with the ledgers");
        foreach (var rule in report.Violations.CountBy(violation => violation.Rule).OrderByDescending(rule => rule.Value))
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Key,-20} {rule.Value,6}"));
        }

        foreach (var (index, violation) in report.Violations.Take(most).Index())
        {
            to.WriteLine();
            to.WriteLine($"{index + 1}. {violation.Rule}, {(violation.Citizen is { } citizen ? $"citizen {citizen}" : "no citizen of the history")}: {violation.What}");
            if (!violation.Positions.IsEmpty)
            {
                to.WriteLine($"   position {string.Join(", ", violation.Positions)} of the ledger");
            }

            foreach (var operation in violation.Operations)
            {
                to.WriteLine($"   {Line(operation)}");
            }
        }

        if (report.Violations.Length > most)
        {
            to.WriteLine();
            to.WriteLine($"and {report.Violations.Length - most} more");
        }

        foreach (var undecided in report.Undecided)
        {
            to.WriteLine($"undecided, citizen {undecided.Citizen}: {undecided.Why}");
        }

        to.WriteLine();
        to.WriteLine(report.ExitCode switch
        {
            CheckReport.Clean => "clean",
            CheckReport.Violated => $"{report.Violations.Length} violations",
            _ => $"undecided for {report.Undecided.Length} citizens: this is no success",
        });
    }

    private static string Line(Operation operation)
    {
        var answered = operation.Answered is { } at ? Seconds(at) : "no answer";
        var parts = new[]
        {
            operation.Code,
            operation.Consent is { } consent ? $"consent {consent}" : null,
            operation.Uses is { } uses ? $"{uses} uses" : null,
            operation.Purpose,
            operation.Version is { } version ? $"version {version}" : null,
            operation.ConsentsUsed is [] ? null : $"on {string.Join(", ", operation.ConsentsUsed)}",
            operation.Seq is { } seq ? $"position {seq}" : null,
            operation.Entry is { } entry ? $"entry {entry}" : null,
        };
        return string.Create(CultureInfo.InvariantCulture, $"#{operation.Id,-7} {operation.Kind,-8} api {operation.Instance}  {Seconds(operation.Called)} to {answered}  {operation.Outcome} ")
            + string.Join(", ", parts.Where(part => part is not null));
    }

    private static string Seconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e6:0.000000} s");
}
