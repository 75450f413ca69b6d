using System.Collections.Immutable;
using Platform.Load.Checking.Answers;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Ledgers;

/// <summary>Compares one citizen's answers with the citizen's ledger.</summary>
internal sealed class CitizenCheck(IReadOnlyList<Operation> operations, CitizenLedger? ledger, Func<Guid, bool> isElsewhere)
{
    private readonly Dictionary<Guid, Line> _byId = (ledger?.Lines ?? []).GroupBy(line => line.Id).ToDictionary(same => same.Key, same => same.First());
    private readonly ILookup<string?, Line> _byContent = (ledger?.Lines ?? []).Where(line => line.Seq > ledger!.Before).ToLookup(line => line.Asked);
    private readonly HashSet<long> _explained = [];
    private readonly List<Placed> _placed = [];

    public int Unanswered { get; private set; }

    public IEnumerable<Violation> Check() => [.. Answers(), .. Changes(), .. new PlacedOrder(_placed).Check(), .. Unasked()];

    private IEnumerable<Violation> Answers()
    {
        var answers = new Dictionary<Guid, Operation>();
        foreach (var operation in operations.Where(operation => operation.Entry is not null).OrderBy(operation => operation.Answered))
        {
            var entry = operation.Entry!.Value;
            if (!answers.TryAdd(entry, operation))
            {
                yield return Violation.Of("entry.shared", "Two answers name one entry of the ledger.", answers[entry], operation);
            }
            else if (!_byId.TryGetValue(entry, out var line))
            {
                yield return isElsewhere(entry)
                    ? Violation.Of("entry.elsewhere", "The answer names an entry in the ledger of somebody else.", operation)
                    : Violation.Of("entry.missing", "The answer names an entry that the ledger does not have.", operation) with { Positions = Position(operation) };
            }
            else
            {
                _explained.Add(line.Seq);
                _placed.Add(new Placed(line.Seq, operation, operation));
                if (Difference(operation, line) is { } difference)
                {
                    yield return Violation.Of("entry.differs", $"Answer and entry differ in {difference}.", operation) with { Positions = [line.Seq] };
                }
            }
        }

        // Whose ledger was not extended during the run may have been read all the same.
        foreach (var read in operations.Where(operation => ledger is not null && operation is { Kind: OperationKind.Read, Outcome: OperationOutcome.Done, Version: not null }))
        {
            if (read.Version > ledger!.Head)
            {
                yield return Violation.Of("entry.missing", "The reading shows a position that the ledger does not have.", read) with { Positions = [read.Version.Value] };
            }
            else if (read.Purpose != Step.Accesses)
            {
                _placed.Add(new Placed(read.Version!.Value + Placed.JustAfter, read, read));
            }
        }
    }

    private static ImmutableArray<long> Position(Operation operation) => operation.Seq is { } seq ? [seq] : [];

    private string? Difference(Operation operation, Line line) =>
        line.Seq != operation.Seq ? "its position"
        : line.Hash != operation.Hash ? "its hash"
        : line.Seq <= ledger!.Before ? "its time: it was there before the run"
        : line.Asked != Line.Of(operation) ? "what was asked"
        : !line.Released.Order().SequenceEqual(operation.Released.Order()) ? "what was released"
        : !line.Consents.Order().SequenceEqual(operation.ConsentsUsed.Order()) ? "the consents it rests on"
        : operation is { Outcome: OperationOutcome.Done, Version: { } seen } && seen != Held(operation, line.Seq) ? $"the version released: {Held(operation, line.Seq)} was held"
        : null;

    private long Held(Operation operation, long seq) =>
        ledger!.Lines.LastOrDefault(line => line.Seq < seq && line.Seq > ledger.Before && line.Document == Line.DocumentOf(operation) && line.Version is not null)?.Version ?? 0;

    // A change made twice, such as a second withdrawal, is one entry: made by the time the first of them was answered.
    private IEnumerable<Violation> Changes()
    {
        var changes = operations.Where(operation =>
            operation is { Kind: OperationKind.Grant or OperationKind.Withdraw or OperationKind.Push, Outcome: OperationOutcome.Done });
        foreach (var same in changes.GroupBy(change => (Line.Of(change), change.Kind == OperationKind.Grant ? change.Consent : null)))
        {
            var (first, answered) = (same.MinBy(change => change.Called)!, same.MinBy(change => change.Answered)!);
            var lines = _byContent[same.Key.Item1].Where(line => first.Kind != OperationKind.Grant || line.Consents.Contains(first.Consent!.Value)).ToArray();
            if (lines is [var line])
            {
                _explained.Add(line.Seq);
                _placed.Add(new Placed(line.Seq, first, answered));
                if (first.Kind == OperationKind.Grant && same.Count() > 1)
                {
                    yield return Violation.Of("entry.shared", "Two answers name one consent.", [.. same]);
                }
            }
            else if (lines is [] && !IsFromBefore(first))
            {
                yield return Violation.Of("entry.lost", "The change was acknowledged, and the ledger does not have it.", first);
            }
            else if (lines is not [])
            {
                _explained.UnionWith(lines.Select(twice => twice.Seq));
                yield return Violation.Of("entry.twice", $"The change was asked for once, and the ledger has it {lines.Length} times.", first) with
                {
                    Positions = [.. lines.Select(twice => twice.Seq)],
                };
            }
        }
    }

    // A consent that was withdrawn before the run is withdrawn again without another entry.
    private bool IsFromBefore(Operation change) =>
        change.Kind == OperationKind.Withdraw && ledger is not null && ledger.Lines.Any(line => line.Seq <= ledger.Before && line.Asked == Line.Of(change));

    private IEnumerable<Violation> Unasked()
    {
        var spare = new Spare(operations);
        var latest = new LatestTimes(_placed);
        foreach (var line in _byContent.SelectMany(same => same).Where(line => line.Asked is not null && !_explained.Contains(line.Seq)).OrderBy(line => latest.Of(line.Seq)).ThenBy(line => line.Seq))
        {
            if (spare.Take(line, latest.Of(line.Seq)))
            {
                Unanswered++;
            }
            else
            {
                yield return new Violation("entry.unasked", operations[0].Citizen, $"The ledger has an entry ({line.Kind}) that no operation explains.", [], [line.Seq]);
            }
        }
    }
}
