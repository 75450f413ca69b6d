using Platform.Domain.Sharing;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>The sequential meaning of each operation: the states in which a citizen can be after it, none if its answer is impossible before.</summary>
internal sealed class Transition(Grounds grounds, IReadOnlyDictionary<Guid, int> granted, bool unsureGrants)
{
    /// <summary>The problem code of a disclosure that was decided, recorded and denied.</summary>
    public const string Denied = "disclosure.denied";

    private const string VersionConflict = "document.version-conflict";

    /// <summary>Whether the operation can tell or change anything.</summary>
    public static bool Matters(Operation operation) => operation switch
    {
        { Kind: OperationKind.Read } => operation is { Outcome: OperationOutcome.Done, Version: not null },
        { Kind: OperationKind.Disclose, Outcome: OperationOutcome.Refused } => operation.Code == Denied,
        { Kind: OperationKind.Grant, Outcome: OperationOutcome.Refused } => false,
        { Kind: OperationKind.Push, Outcome: OperationOutcome.Refused } => IsVersionRefusal(operation),
        { Kind: OperationKind.Withdraw, Outcome: OperationOutcome.Refused } => operation.Code == "consent.unknown",
        _ => true,
    };

    public static bool IsVersionRefusal(Operation push) => push.Code is "document.version-old" or VersionConflict;

    public IEnumerable<CitizenModel> After(CitizenModel before, Step step, Func<int, bool> took) => step switch
    {
        { Operation.Kind: OperationKind.Disclose, Optional: true } => [Unseen(before, step.Operation)],
        { Operation.Kind: OperationKind.Disclose } => Answered(before, step.Operation) is { } after ? [after] : [],
        { Operation.Kind: OperationKind.Grant } => [before with { InForce = before.InForce.Add(HeldConsent.From(step.Index, step.Operation)) }],
        { Operation.Kind: OperationKind.Withdraw } => Withdrawn(before, step, took),
        { Operation.Kind: OperationKind.Push } => Pushed(before, step),
        _ => Read(before, step.Operation),
    };

    /// <summary>Whether the consent of a withdrawal was given by an answer that is known.</summary>
    public bool IsGranted(Step withdrawal, Func<int, bool> took) => granted.TryGetValue(withdrawal.Operation.Consent!.Value, out var grant) && took(grant);

    // Of several consents that cover a target the one that was given first is used.
    private static HeldConsent? Chosen(CitizenModel model, Operation ask, string target)
    {
        var name = Target.Parse(target).Name;
        return model.InForce.FirstOrDefault(held => held.Covers(ask, name));
    }

    private CitizenModel Unseen(CitizenModel before, Operation ask) =>
        grounds.Of(ask.Recipient!, ask.Purpose!, ask.Targets[0]) == Ground.Consent && Chosen(before, ask, ask.Targets[0]) is { } used ? before.Use([used]) : before;

    private CitizenModel? Answered(CitizenModel before, Operation ask)
    {
        if (ask.Seq <= before.Head || (ask.Outcome == OperationOutcome.Done) == ask.Released.IsEmpty
            || !ask.Released.All(ask.Targets.Contains) || (ask is { Outcome: OperationOutcome.Done, Version: { } seen } && seen != before.Version))
        {
            return null;
        }

        var model = before;
        var used = new HashSet<HeldConsent>();
        foreach (var target in ask.Targets)
        {
            var ground = grounds.Of(ask.Recipient!, ask.Purpose!, target);
            var released = ask.Released.Contains(target);
            if (released && ground == Ground.None)
            {
                return null;
            }

            if (ground == Ground.None || (ground == Ground.Law && (!released || ask.ConsentsUsed.IsEmpty)))
            {
                continue;
            }

            var chosen = Chosen(model, ask, target);
            if (released && chosen is { Id: null } && Nameless(model, ask) is { } name)
            {
                var named = chosen with { Id = name };
                model = model with { InForce = model.InForce.Replace(chosen, named) };
                chosen = named;
            }

            var rests = chosen?.Id is { } id && ask.ConsentsUsed.Contains(id);
            if (ground == Ground.Consent && (released ? !rests : chosen is not null))
            {
                return null;
            }

            if (rests)
            {
                used.Add(chosen!);
            }
        }

        if (used.Count != ask.ConsentsUsed.Length)
        {
            return null;
        }

        var head = ask.Seq ?? model.Head;
        return model.Use(used) with { Head = head, Access = head };
    }

    // A consent that an answer names and no answer gave can only be one whose grant was never answered.
    private Guid? Nameless(CitizenModel model, Operation ask)
    {
        foreach (var name in ask.ConsentsUsed)
        {
            if (!granted.ContainsKey(name) && model.Find(name) is null)
            {
                return name;
            }
        }

        return null;
    }

    private IEnumerable<CitizenModel> Withdrawn(CitizenModel before, Step step, Func<int, bool> took)
    {
        var consent = step.Operation.Consent!.Value;
        if (before.Find(consent) is { } held)
        {
            return step.Operation.Outcome == OperationOutcome.Refused ? [] : [Without(before, held)];
        }

        if (!granted.TryGetValue(consent, out var grant))
        {
            var nameless = before.InForce.Where(candidate => candidate.Id is null).Select(candidate => Without(before, candidate));
            return step.Operation.Outcome == OperationOutcome.Done && !unsureGrants ? [] : nameless.Append(before);
        }

        return step.Operation.Outcome != OperationOutcome.Done || took(grant) ? [before] : [];
    }

    private static CitizenModel Without(CitizenModel model, HeldConsent held) => model with { InForce = model.InForce.Remove(held) };

    private static IEnumerable<CitizenModel> Pushed(CitizenModel before, Step step)
    {
        var version = step.Operation.Version!.Value;
        return step switch
        {
            { Optional: false, Operation: { Outcome: OperationOutcome.Refused, Code: VersionConflict } } => before.Version == version ? [before] : [],
            { Optional: false, Operation.Outcome: OperationOutcome.Refused } => before.Version > version ? [before] : [],
            _ when version > before.Version => [before with { Version = version }],
            _ => step.Optional || version == before.Version ? [before] : [],
        };
    }

    private static IEnumerable<CitizenModel> Read(CitizenModel before, Operation read)
    {
        var seen = read.Version!.Value;
        return read.Purpose == Step.Accesses
            ? before.Access <= seen ? [before with { Access = seen, Head = Math.Max(before.Head, seen) }] : []
            : before.Head <= seen ? [before with { Head = seen }] : [];
    }
}
