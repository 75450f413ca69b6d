using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>A consent in force with the uses it has left (none is any number); nameless while the answer that would have named it is not known.</summary>
internal sealed record HeldConsent(int Step, Guid? Id, string Recipient, string Purpose, ImmutableArray<string> Targets, int? Left)
{
    public static HeldConsent From(int step, Operation grant) =>
        new(step, grant.Consent, grant.Recipient ?? "", grant.Purpose ?? "", grant.Targets, grant.Uses);

    public bool Covers(Operation ask, string name) => Recipient == ask.Recipient && Purpose == ask.Purpose && Targets.Contains(name);

    // What the step granted never changes: name and uses left tell two consents apart.
    public bool Equals(HeldConsent? other) => other is not null && Step == other.Step && Id == other.Id && Left == other.Left;

    public override int GetHashCode() => HashCode.Combine(Step, Id, Left);
}
