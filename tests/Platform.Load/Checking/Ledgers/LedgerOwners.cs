using Platform.Load.Histories;

namespace Platform.Load.Checking.Ledgers;

/// <summary>Finds whose a ledger is, although a history names nobody: answers name entries and consents; who got no such answer is matched by what was asked.</summary>
internal sealed class LedgerOwners(History history, IReadOnlyList<CitizenLedger> ledgers, IReadOnlyDictionary<Guid, int> ledgerOfEntry)
{
    private readonly Dictionary<int, int> _owners = [];
    private readonly Dictionary<int, int> _citizens = [];

    /// <summary>The index of the ledger by citizen.</summary>
    public Dictionary<int, int> Find()
    {
        var consents = ledgers
            .SelectMany((ledger, index) => ledger.Lines.Where(line => line.Kind == Domain.Ledger.LedgerKinds.ConsentGranted).Select(line => (Consent: line.Consents[0], index)))
            .DistinctBy(granted => granted.Consent)
            .ToDictionary(granted => granted.Consent, granted => granted.index);
        var votes = history.Operations
            .Select(operation => (operation.Citizen, Ledger: Named(operation, consents)))
            .Where(vote => vote.Ledger is not null)
            .CountBy(vote => vote)
            .OrderByDescending(vote => vote.Value);
        foreach (var ((citizen, ledger), _) in votes)
        {
            if (!_owners.ContainsKey(citizen) && !_citizens.ContainsKey(ledger!.Value))
            {
                Take(citizen, ledger.Value);
            }
        }

        var silent = history.Operations.ToLookup(operation => operation.Citizen).Where(citizen => !_owners.ContainsKey(citizen.Key)).ToArray();
        var unowned = ledgers.Index().Where(ledger => !_citizens.ContainsKey(ledger.Index) && ledger.Item.Head > ledger.Item.Before).ToArray();
        var fits = silent.ToDictionary(
            citizen => citizen.Key,
            citizen => unowned.Where(ledger => !new CitizenCheck([.. citizen], ledger.Item, _ => false).Check().Any()).Select(ledger => ledger.Index).ToArray());
        foreach (var citizen in silent)
        {
            Match(citizen.Key, fits, []);
        }

        return _owners;
    }

    private int? Named(Operation operation, Dictionary<Guid, int> consents) =>
        operation.Entry is { } entry && ledgerOfEntry.TryGetValue(entry, out var named) ? named
        : operation is { Kind: OperationKind.Grant, Consent: { } consent } && consents.TryGetValue(consent, out var granted) ? granted
        : null;

    // Whoever holds a ledger that fits gives it up if another fits too.
    private bool Match(int citizen, Dictionary<int, int[]> fits, HashSet<int> tried)
    {
        foreach (var ledger in fits[citizen].Where(tried.Add))
        {
            if (!_citizens.TryGetValue(ledger, out var holder) || Match(holder, fits, tried))
            {
                Take(citizen, ledger);
                return true;
            }
        }

        return false;
    }

    private void Take(int citizen, int ledger) => (_owners[citizen], _citizens[ledger]) = (ledger, citizen);
}
