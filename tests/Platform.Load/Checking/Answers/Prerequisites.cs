using Platform.Domain.Sharing;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>Which operations that may happen before it can make an answer possible that is not possible yet; all others are left for later.</summary>
/// <param name="grounds">What rests on consent.</param>
/// <param name="granted">The grants that answers named, by consent.</param>
internal sealed class Prerequisites(Grounds grounds, IReadOnlyDictionary<Guid, int> granted)
{
    /// <summary>What can help a step in a state; none if nothing can.</summary>
    public Func<Step, bool> Of(CitizenModel model, Step step, Func<int, bool> took)
    {
        var operation = step.Operation;
        if (operation.Seq <= model.Head)
        {
            return _ => false;
        }

        return operation.Kind switch
        {
            OperationKind.Disclose => OfDisclosure(model, operation, took),
            OperationKind.Grant => other => other.Operation.Kind == OperationKind.Grant && SameFor(other.Operation, operation),
            OperationKind.Withdraw => other => other.Operation.Kind is OperationKind.Grant or OperationKind.Withdraw,
            OperationKind.Push => other => other.Operation.Kind == OperationKind.Push,
            _ => _ => false,
        };
    }

    private Func<Step, bool> OfDisclosure(CitizenModel model, Operation ask, Func<int, bool> took)
    {
        var missing = ask.ConsentsUsed.Where(consent => model.Find(consent) is null).ToArray();
        if (missing.Any(consent => granted.TryGetValue(consent, out var grant) && took(grant)))
        {
            return _ => false;
        }

        var inTheWay = InTheWay(model, ask);
        return other => other.Operation.Kind switch
        {
            OperationKind.Push => ask.Outcome == OperationOutcome.Done && ask.Version == other.Operation.Version,
            OperationKind.Grant => other.Operation.Consent is { } given ? missing.Contains(given) : missing.Length > 0 && SameFor(other.Operation, ask),
            OperationKind.Withdraw => !granted.ContainsKey(other.Operation.Consent!.Value) || inTheWay.Exists(held => held.Id == other.Operation.Consent),
            OperationKind.Disclose => inTheWay.Exists(held => held.Left is not null && held.Covers(other.Operation, Target.Parse(other.Operation.Targets[0]).Name)),
            _ => false,
        };
    }

    // Consents that would be used although others were, or nothing was released; and those that stand before them.
    private List<HeldConsent> InTheWay(CitizenModel model, Operation ask)
    {
        var found = new List<HeldConsent>();
        foreach (var target in ask.Targets.Where(target => grounds.Of(ask.Recipient!, ask.Purpose!, target) == Ground.Consent))
        {
            var name = Target.Parse(target).Name;
            found.AddRange(model.InForce
                .Where(held => held.Covers(ask, name))
                .TakeWhile(held => !ask.Released.Contains(target) || held.Id is not { } id || !ask.ConsentsUsed.Contains(id)));
        }

        for (var index = 0; index < found.Count; index++)
        {
            var last = found[index];
            found.AddRange(model.InForce
                .TakeWhile(held => held != last)
                .Where(held => held.Recipient == last.Recipient && held.Purpose == last.Purpose && held.Targets.Any(target => last.Targets.Contains(target)) && !found.Contains(held)));
        }

        return found;
    }

    private static bool SameFor(Operation one, Operation other) => one.Recipient == other.Recipient && one.Purpose == other.Purpose;
}
