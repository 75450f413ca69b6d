using Platform.Domain.Citizens;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Ledgers;

/// <summary>Compares all answers with all ledgers, one to one.</summary>
/// <param name="history">What was recorded.</param>
/// <param name="ledgers">What the database holds.</param>
/// <param name="people">Who each citizen of the history is, where that is known; else answers tell it.</param>
internal sealed class LedgerCheck(History history, IReadOnlyList<CitizenLedger> ledgers, Func<int, PersonalId>? people)
{
    private readonly Dictionary<Guid, int> _ledgerOfEntry = ledgers
        .SelectMany((ledger, index) => ledger.Lines.Select(line => (line.Id, index)))
        .DistinctBy(entry => entry.Id)
        .ToDictionary(entry => entry.Id, entry => entry.index);

    private Dictionary<int, int>? _owners;

    /// <summary>Entries that no answer names, but that an attempt without an answer explains.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Which ledger is whose.</summary>
    public IReadOnlyDictionary<int, CitizenLedger> Owners() => OwnerIndexes().ToDictionary(owner => owner.Key, owner => ledgers[owner.Value]);

    public IEnumerable<Violation> Check()
    {
        var owners = OwnerIndexes();
        foreach (var citizen in history.Operations.GroupBy(operation => operation.Citizen))
        {
            var ledger = owners.TryGetValue(citizen.Key, out var index) ? ledgers[index] : null;
            foreach (var finding in ledger?.Findings ?? [])
            {
                yield return new Violation(finding.Rule, citizen.Key, finding.What, [], [finding.Seq]);
            }

            var check = new CitizenCheck([.. citizen], ledger, entry => _ledgerOfEntry.TryGetValue(entry, out var holder) && (ledger is null || holder != index));
            foreach (var violation in check.Check())
            {
                yield return violation;
            }

            Unanswered += check.Unanswered;
        }

        foreach (var (_, ledger) in ledgers.Index().Where(ledger => !owners.ContainsValue(ledger.Index)))
        {
            if (ledger.Lines.FirstOrDefault(line => line.Seq > ledger.Before && line.Asked is not null) is { } line)
            {
                yield return new Violation("entry.unasked", null, "A ledger was extended during the run, and nothing in the history explains it.", [], [line.Seq]);
            }
        }
    }

    private Dictionary<int, int> OwnerIndexes() => _owners ??= people is null ? new LedgerOwners(history, ledgers, _ledgerOfEntry).Find() : Known(people);

    private Dictionary<int, int> Known(Func<int, PersonalId> people)
    {
        var places = ledgers.Index().ToDictionary(ledger => ledger.Item.Subject, ledger => ledger.Index);
        return history.Operations.Select(operation => operation.Citizen).Distinct()
            .Where(citizen => places.ContainsKey(people(citizen)))
            .ToDictionary(citizen => citizen, citizen => places[people(citizen)]);
    }
}
