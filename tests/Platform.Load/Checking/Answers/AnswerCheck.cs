using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>Decides from answers alone, citizen by citizen, whether some order of the operations explains them all.</summary>
internal sealed class AnswerCheck(Grounds grounds, SearchBounds bounds)
{
    /// <summary>What is wrong with one citizen's operations; the second is why it could not be told.</summary>
    public (Violation? Violation, Undecided? Undecided) Check(IReadOnlyList<Operation> operations, Beginning beginning)
    {
        var mattering = operations.Where(Transition.Matters).OrderBy(operation => operation.Called).ThenBy(operation => operation.Id).ToArray();
        if (mattering.Length == 0)
        {
            return default;
        }

        var result = Run(mattering, beginning, bounds);
        if (result.Stuck is { } stuck)
        {
            return (Explain(mattering, stuck.Operation, beginning), null);
        }

        return result.GaveUp is { } why ? (null, new Undecided(mattering[0].Citizen, why)) : default;
    }

    private SearchResult Run(IReadOnlyList<Operation> operations, Beginning beginning, SearchBounds within)
    {
        var limited = operations.Any(operation => operation is { Kind: OperationKind.Grant, Uses: not null }) || beginning.Model.InForce.Any(held => held.Left is not null);
        var named = Named(operations, beginning);
        var steps = Steps(operations, limited, named).Select((step, index) => new Step(index, step.Operation, step.Optional)).ToArray();
        var granted = beginning.Known.ToDictionary(consent => consent, _ => Search.BeforeTheRun);
        foreach (var step in steps.Where(step => step.Operation is { Kind: OperationKind.Grant, Consent: not null }))
        {
            granted.TryAdd(step.Operation.Consent!.Value, step.Index);
        }

        var unsure = steps.Any(step => step is { Optional: true, Operation.Kind: OperationKind.Grant });
        return new Search(new Transition(grounds, granted, unsure), new Prerequisites(grounds, granted), within, steps).Run(beginning.Model);
    }

    private static IEnumerable<(Operation Operation, bool Optional)> Steps(IEnumerable<Operation> operations, bool limited, Func<Operation, bool> named)
    {
        foreach (var operation in operations)
        {
            var unknown = operation.Outcome == OperationOutcome.Unknown;
            if (unknown && (operation.Kind == OperationKind.Read || (operation.Kind == OperationKind.Grant && !named(operation))))
            {
                continue;
            }

            if (operation.Kind == OperationKind.Disclose && unknown)
            {
                // Where nothing is limited, a disclosure without an answer changes nothing.
                foreach (var attempt in Unseen(operation, limited ? Repetition.MostEntries : 0))
                {
                    yield return (attempt, true);
                }

                continue;
            }

            // What was asked twice for one answer may have been recorded twice, the other time without one.
            foreach (var attempt in Unseen(operation, limited && operation.Kind == OperationKind.Disclose ? Repetition.Beside(operation) : 0))
            {
                yield return (attempt, true);
            }

            // A push that was refused as old when it was repeated may have been taken in the first time.
            if (operation is { Kind: OperationKind.Push, Outcome: OperationOutcome.Refused })
            {
                yield return (operation, true);
            }

            yield return (operation, unknown);
        }
    }

    // A grant without an answer explains only answers that name a consent nobody told of.
    private static Func<Operation, bool> Named(IReadOnlyList<Operation> operations, Beginning beginning)
    {
        var names = operations.SelectMany(operation => operation.ConsentsUsed)
            .Concat(operations.Where(operation => operation.Kind == OperationKind.Withdraw).Select(withdrawal => withdrawal.Consent!.Value))
            .ToHashSet();
        var strange = names.Except(beginning.Known)
            .Except(operations.Where(operation => operation is { Kind: OperationKind.Grant, Consent: not null }).Select(grant => grant.Consent!.Value))
            .Any();
        return grant => grant.Consent is { } consent ? names.Contains(consent) : strange;
    }

    // Who asked for several things may have used one consent for each; apart, they can be looked at where they are needed.
    private static IEnumerable<Operation> Unseen(Operation ask, int times) =>
        ask.Targets.SelectMany(target => Enumerable.Repeat(Freed(ask) with { Targets = [target], Called = ask.Called }, times));

    private Violation Explain(Operation[] operations, Operation stuck, Beginning beginning)
    {
        var before = operations.Where(operation => operation.Called <= stuck.Answered).ToArray();
        return new Causes(grounds, before, beginning.Known).Of(stuck) ?? Violation.Of(
            "order.none",
            "No order of these operations, after those before them, explains their answers.",
            [.. Smallest(before, stuck, beginning)]);
    }

    // Leaves out what the contradiction does not need, many at once and then fewer: left out means that it may have taken effect at any time or never.
    private List<Operation> Smallest(Operation[] before, Operation stuck, Beginning beginning)
    {
        const int Newest = 32;
        var near = before.Where(operation => operation != stuck).OrderByDescending(operation => operation.Answered ?? long.MaxValue).Take(Newest).Reverse().ToArray();
        var left = new HashSet<Operation>();
        for (var size = (near.Length + 1) / 2; size > 0; size /= 2)
        {
            foreach (var some in near.Where(operation => !left.Contains(operation)).Chunk(size).ToArray())
            {
                left.UnionWith(some);
                var freed = before.Select(operation => left.Contains(operation) ? Freed(operation) : operation).OrderBy(operation => operation.Called).ToArray();
                if (Run(freed, beginning, SearchBounds.Short).Stuck is null)
                {
                    left.ExceptWith(some);
                }
            }
        }

        return [.. before.Where(operation => operation == stuck || (near.Contains(operation) && !left.Contains(operation) && operation.Outcome != OperationOutcome.Unknown))];
    }

    private static Operation Freed(Operation operation) =>
        operation with { Called = 0, Answered = null, Outcome = OperationOutcome.Unknown, Seq = null };
}

/// <summary>What is known of a citizen before the first operation: the state, and the names of all consents there were.</summary>
internal sealed record Beginning(CitizenModel Model, ImmutableHashSet<Guid> Known)
{
    public static Beginning Nothing { get; } = new(CitizenModel.Empty, []);
}
