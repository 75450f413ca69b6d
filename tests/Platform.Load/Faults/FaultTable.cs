using System.Globalization;
using Platform.Load.Faults.Results;
using Spectre.Console;

namespace Platform.Load.Faults;

/// <summary>A run of faults as people read it.</summary>
internal static class FaultTable
{
    private const int Wide = 220;
    private const int MostFindings = 20;

    /// <summary>One fault, while the others are still to come.</summary>
    public static void PrintOne(FaultReport fault)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fault.Name}: {fault.Phase.Asked} asked, {fault.Phase.Failed} failed, {fault.Phase.Hidden} hidden by one retry, {fault.Phase.Availability * 100:0.00} % available, longest without success {fault.LongestForCitizen.TotalSeconds:0.0} s, full service {Back(fault)} s after the end; {Verdict(fault)}"));
        foreach (var (failure, count) in fault.Phase.Failures)
        {
            Console.WriteLine($"  {count} × {failure}");
        }

        foreach (var violation in fault.Check.Violations.Take(MostFindings))
        {
            var operations = string.Join(", ", violation.Operations.Select(operation => operation.Id));
            Console.WriteLine($"  VIOLATION {violation.Rule}, citizen {violation.Citizen}: {violation.What} Operations {operations}; positions {string.Join(", ", violation.Positions)}.");
        }

        foreach (var undecided in fault.Check.Undecided.Take(MostFindings))
        {
            Console.WriteLine($"  undecided, citizen {undecided.Citizen}: {undecided.Why}");
        }
    }

    public static void Print(FaultRunReport report)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Wide;
        }

        var table = new Table { Border = TableBorder.Markdown };
        foreach (var column in new[]
        {
            "fault", "s", "asked", "failed", "hidden by one retry", "not sent", "available", "longest without success, one citizen (allowed) s", "no answer from any API s",
            "by API s", "by identity s", "full service after s", "restarted", "entries", "answers without entry or leak",
        })
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (var fault in report.Faults)
        {
            table.AddRow([.. Cells(fault).Select(cell => new Text(cell))]);
        }

        AnsiConsole.Write(table);
        foreach (var skipped in report.Skipped)
        {
            Console.WriteLine($"skipped: {skipped}");
        }

        Console.WriteLine(report.Ledgers);
        Console.WriteLine(report.IsGood ? "Nothing lost, nothing leaked, every ledger verifies." : "NOT GOOD: see above.");
    }

    private static string[] Cells(FaultReport fault) =>
    [
        fault.Name, Seconds(fault.Length), Text(fault.Phase.Asked), Text(fault.Phase.Failed), Text(fault.Phase.Hidden), Text(fault.Phase.NotSent),
        (fault.Phase.Availability * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        $"{Seconds(fault.LongestForCitizen)} ({Seconds(fault.MayRefuse)}){(fault.IsWithinTerms ? "" : " TOO MUCH")}", Seconds(fault.Phase.LongestGap),
        string.Join(" / ", fault.Phase.LongestGapByApi.Select(Seconds)), string.Join(" / ", fault.Phase.LongestGapByIdentity.Select(Seconds)), Back(fault),
        string.Join(", ", fault.Restarts), Text(fault.Check.Entries ?? 0), Verdict(fault),
    ];

    private static string Verdict(FaultReport fault) => fault switch
    {
        { Check.Violations.Length: > 0 and var count } => $"{count} VIOLATIONS",
        { Check.Undecided.Length: > 0 and var count } => $"{count} undecided",
        _ => "none",
    };

    private static string Back(FaultReport fault) => fault.FullServiceAfter is { } after ? Seconds(after) : "never";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
