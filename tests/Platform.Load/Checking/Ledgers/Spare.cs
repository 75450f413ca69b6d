using Platform.Load.Histories;

namespace Platform.Load.Checking.Ledgers;

/// <summary>The entries that operations may have left without answering for them: attempts that nobody heard of again.</summary>
internal sealed class Spare
{
    private readonly Dictionary<string, List<(long Called, int Entries)>> _left = new(StringComparer.Ordinal);

    public Spare(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations.OrderBy(operation => operation.Called))
        {
            if (operation.Kind != OperationKind.Read && Most(operation) is var most and > 0)
            {
                // A withdrawal and a push name what they change; so many attempts leave one entry.
                var key = Line.Of(operation);
                if (!_left.TryGetValue(key, out var same))
                {
                    _left[key] = same = [];
                }

                same.Add((operation.Called, most));
            }
        }
    }

    /// <summary>Takes the entry for one of the operations that can explain it: asked for the same, and called before the entry was there.</summary>
    public bool Take(Line line, long by)
    {
        if (!_left.TryGetValue(line.Asked!, out var same))
        {
            return false;
        }

        var index = same.FindIndex(operation => operation.Called <= by && operation.Entries > 0);
        if (index < 0)
        {
            return false;
        }

        same[index] = same[index] with { Entries = same[index].Entries - 1 };
        return true;
    }

    private static int Most(Operation operation) => operation switch
    {
        { Kind: OperationKind.Disclose, Outcome: OperationOutcome.Unknown } => Repetition.MostEntries,
        { Kind: OperationKind.Disclose } => Repetition.Beside(operation),
        { Outcome: OperationOutcome.Unknown } or { Kind: OperationKind.Push, Outcome: OperationOutcome.Refused } => 1,
        _ => 0,
    };
}
