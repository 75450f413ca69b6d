using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>An operation as the search sees it: one that must have taken effect between call and answer, or one that may have, at any time after its call.</summary>
internal sealed record Step(int Index, Operation Operation, bool Optional)
{
    public long Called => Operation.Called;

    public long Answered => Optional ? long.MaxValue : Operation.Answered!.Value;

    /// <summary>Purpose of a reading of the list of accesses, which tells the newest access and not the newest entry.</summary>
    public const string Accesses = "accesses";

    /// <summary>Whether the answer tells its place among all others.</summary>
    public bool HasPlace => Place is not null;

    // A reading stands just after what it saw.
    private double? Place => Operation switch
    {
        { Kind: OperationKind.Disclose } => Operation.Seq ?? (Optional ? null : 0),
        { Kind: OperationKind.Read } when !IsAccesses => Operation.Version + 0.5,
        _ => null,
    };

    private bool IsAccesses => Operation is { Kind: OperationKind.Read, Purpose: Accesses };

    /// <summary>Whether this one can never take effect once the other has.</summary>
    public bool MustPrecede(Step other) => !Optional && (
        Operation.Kind == OperationKind.Push && Operation.Outcome == OperationOutcome.Done && other.Operation.Kind == OperationKind.Push ? Operation.Version < other.Operation.Version
        : IsAccesses && other.IsAccesses ? Operation.Version < other.Operation.Version
        : IsAccesses ? other.Operation is { Kind: OperationKind.Disclose, Seq: { } seq } && seq > Operation.Version
        : other.IsAccesses ? Place > 0 && Place <= other.Operation.Version
        : Place > 0 && other.Place > 0 && Place < other.Place);

    /// <summary>Whether it makes no difference which of the two took effect.</summary>
    public bool IsLike(Step other) => Optional
        && other.Optional
        && Operation.Kind == other.Operation.Kind
        && Operation.Kind == OperationKind.Disclose
        && Operation.Recipient == other.Operation.Recipient
        && Operation.Purpose == other.Operation.Purpose
        && Operation.Targets.SequenceEqual(other.Operation.Targets);
}
