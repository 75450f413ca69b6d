using Platform.Load.Histories;

namespace Platform.Tests.Load;

/// <summary>Tries every order of a few operations on a simulated citizen; slow, and too simple to be wrong in the way the checker could be.</summary>
internal static class EveryOrder
{
    private const int Attempted = 3;

    public static bool Explains(IReadOnlyList<Operation> operations) => Try(new SimulatedCitizen(), [.. operations.SelectMany(Attempts)], 0, 0);

    // An attempt without an answer may have been made several times, and for each thing that it asked for; a push refused as old may have been taken in before.
    private static IEnumerable<Operation> Attempts(Operation operation) => operation is { Kind: OperationKind.Disclose, Outcome: OperationOutcome.Unknown }
        ? operation.Targets.SelectMany(target => Enumerable.Repeat(operation with { Targets = [target] }, Attempted))
        : operation is { Kind: OperationKind.Push, Outcome: OperationOutcome.Refused } ? [operation, operation with { Answered = null, Outcome = OperationOutcome.Unknown }]
        : [operation];

    private static bool Try(SimulatedCitizen citizen, List<Operation> left, long head, long access)
    {
        if (left.All(operation => operation.Outcome == OperationOutcome.Unknown))
        {
            return true;
        }

        // Nothing goes before what was answered before it was called.
        foreach (var next in left.Where(next => !left.Exists(other => other.Answered < next.Called)).Distinct())
        {
            var copy = citizen.Copy();
            var did = copy.Do(next);
            var place = next.Seq ?? head;
            if (next.Outcome == OperationOutcome.Unknown || (Same(did, next) && (next.Seq is null || place > head) && Reads(next, ref place, head, access)))
            {
                if (Try(copy, Without(left, next), Math.Max(place, head), next is { Kind: OperationKind.Disclose, Seq: not null } or { Purpose: "accesses" } ? place : access))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static List<Operation> Without(List<Operation> left, Operation taken)
    {
        var rest = new List<Operation>(left);
        rest.Remove(taken);
        return rest;
    }

    // Places are compared among themselves only, because entries of others may lie between.
    private static bool Reads(Operation operation, ref long place, long head, long access)
    {
        if (operation.Kind != OperationKind.Read)
        {
            return true;
        }

        place = operation.Version!.Value;
        return place >= (operation.Purpose == "accesses" ? access : head);
    }

    private static bool Same(Operation did, Operation told) =>
        did.Outcome == told.Outcome
        && did.Released.SequenceEqual(told.Released)
        && did.ConsentsUsed.Order().SequenceEqual(told.ConsentsUsed.Order())
        && (told.Kind == OperationKind.Read || did.Version == told.Version);
}
