using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Load.Checking.Answers;
using Platform.Load.Checking.Ledgers;
using Platform.Load.Histories;
using Platform.Silo.Storage;

namespace Platform.Load.Checking;

/// <summary>Checks a whole history: the answers among themselves, and with a database the answers against the ledgers.</summary>
internal static class HistoryCheck
{
    public static CheckReport AnswersAlone(History history, SearchBounds? bounds = null) => Run(history, null, bounds ?? SearchBounds.Usual);

    /// <param name="history">What was recorded.</param>
    /// <param name="database">Where the ledgers are.</param>
    /// <param name="people">Who each citizen of the history is, where that is known; else answers tell it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<CheckReport> WithLedgers(History history, PlatformDatabase database, Func<int, PersonalId>? people, CancellationToken cancellation)
    {
        var known = people is null ? [] : history.Operations.Select(operation => operation.Citizen).Distinct().Select(citizen => people(citizen).Reveal());
        return Run(history, await LedgerReader.Read(database, history.Header.StartedAt, [.. known], cancellation), SearchBounds.Usual, people);
    }

    public static CheckReport Run(History history, IReadOnlyList<CitizenLedger>? ledgers, SearchBounds bounds, Func<int, PersonalId>? people = null)
    {
        var citizens = history.Operations.ToLookup(operation => operation.Citizen);
        var against = ledgers is null ? null : new LedgerCheck(history, ledgers, people);
        var owners = against?.Owners();
        var violations = ImmutableArray.CreateBuilder<Violation>();
        var undecided = ImmutableArray.CreateBuilder<Undecided>();
        var answers = new AnswerCheck(Grounds.Shipped, bounds);
        foreach (var citizen in citizens.OrderBy(citizen => citizen.Key))
        {
            var beginning = owners?.TryGetValue(citizen.Key, out var ledger) == true ? ledger.Beginning : Beginning.Nothing;
            var (violation, unsure) = answers.Check([.. citizen], beginning);
            if (violation is not null)
            {
                violations.Add(violation);
            }

            if (unsure is not null)
            {
                undecided.Add(unsure);
            }
        }

        violations.AddRange(AmongCitizens(history));
        if (against is not null)
        {
            violations.AddRange(against.Check());
        }

        return new CheckReport(
            history.Operations.Length,
            citizens.Count,
            ledgers?.Sum(ledger => ledger.Lines.Count(line => line.Seq > ledger.Before)),
            against?.Unanswered,
            violations.DrainToImmutable(),
            undecided.DrainToImmutable());
    }

    // Within one citizen's answers the search and the ledger find it; here it takes two citizens.
    private static IEnumerable<Violation> AmongCitizens(History history) => history.Operations
        .Where(operation => operation.Entry is not null)
        .GroupBy(operation => operation.Entry)
        .Where(same => same.Select(operation => operation.Citizen).Distinct().Count() > 1)
        .Select(same => Violation.Of("entry.shared", "Answers about different citizens name one entry of the ledger.", [.. same]));
}
