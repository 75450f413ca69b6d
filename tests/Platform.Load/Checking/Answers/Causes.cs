using Platform.Domain.Sharing;
using Platform.Load.Histories;

namespace Platform.Load.Checking.Answers;

/// <summary>Why no order explains an answer, where two or three operations show it: the ways in which answers of one citizen can contradict each other.</summary>
internal sealed class Causes(Grounds grounds, IReadOnlyList<Operation> before, IReadOnlySet<Guid> known)
{
    public Violation? Of(Operation stuck) =>
        Place(stuck) ?? stuck.Kind switch
        {
            OperationKind.Disclose => Version(stuck) ?? Released(stuck) ?? Withheld(stuck),
            OperationKind.Read => Newest(stuck),
            OperationKind.Push => Push(stuck),
            OperationKind.Withdraw => Withdrawn(stuck),
            _ => null,
        };

    private IEnumerable<Operation> Grants(Guid consent) => before.Where(other => other.Kind == OperationKind.Grant && other.Consent == consent);

    private IEnumerable<Operation> Withdrawals(Guid consent) =>
        before.Where(other => other is { Kind: OperationKind.Withdraw, Outcome: not OperationOutcome.Refused } && other.Consent == consent);

    private Violation? Place(Operation stuck)
    {
        if (stuck.Seq is not { } seq)
        {
            return null;
        }

        return before.FirstOrDefault(other => other.Id != stuck.Id && other.Seq == seq) is { } same
            ? Violation.Of("place.shared", $"Two answers name position {seq} of the ledger.", same, stuck)
            : before.FirstOrDefault(other => other.Answered < stuck.Called && other.Seq > seq) is { } later
                ? Violation.Of("place.order", $"The answer names position {seq}, though position {later.Seq} was answered before it was called.", later, stuck)
            : before.FirstOrDefault(other => other is { Kind: OperationKind.Read, Outcome: OperationOutcome.Done } && other.Answered < stuck.Called && other.Version >= seq) is { } read
                ? Violation.Of("place.order", $"The answer names position {seq}, though position {read.Version} was seen before it was called.", read, stuck)
            : null;
    }

    private Violation? Version(Operation stuck)
    {
        if (stuck is not { Outcome: OperationOutcome.Done, Version: { } seen })
        {
            return null;
        }

        var newer = before
            .Where(other => other.Answered < stuck.Called && other.Outcome == OperationOutcome.Done && other.Version > seen
                && other.Kind is OperationKind.Push or OperationKind.Disclose)
            .MaxBy(other => other.Version);
        return newer is not null
                ? Violation.Of("version.old", $"Version {seen} was released, though version {newer.Version} was there before it was called.", newer, stuck)
            : seen > 0 && !before.Any(other => other.Kind == OperationKind.Push && other.Version == seen)
                ? Violation.Of("version.unknown", $"Version {seen} was released, which nobody had pushed.", stuck)
            : null;
    }

    private Violation? Released(Operation stuck)
    {
        foreach (var consent in stuck.ConsentsUsed)
        {
            var grant = Grants(consent).FirstOrDefault();
            if (grant is null && !known.Contains(consent)
                && !before.Any(other => other is { Kind: OperationKind.Grant, Consent: null, Outcome: OperationOutcome.Unknown } && Fits(other, stuck)))
            {
                return Violation.Of("consent.unknown", "Something was released on a consent that nobody had given.", stuck);
            }

            if (grant is not null && !Fits(grant, stuck))
            {
                return Violation.Of("consent.mismatch", "Something was released on a consent for something else.", grant, stuck);
            }

            if (Withdrawals(consent).FirstOrDefault(withdrawal => withdrawal.Answered < stuck.Called) is { } withdrawn)
            {
                return Violation.Of("consent.withdrawn", "Something was released on a consent after its withdrawal was acknowledged.", withdrawn, stuck);
            }

            var uses = before.Where(other => other.Kind == OperationKind.Disclose && other.ConsentsUsed.Contains(consent)).ToArray();
            if (grant?.Uses is { } limit && uses.Length > limit)
            {
                return Violation.Of("consent.used-up", $"A consent for {limit} uses was used {uses.Length} times.", [grant, .. uses]);
            }
        }

        var named = stuck.ConsentsUsed.Select(consent => Grants(consent).FirstOrDefault()).OfType<Operation>().ToArray();
        if (named.Length > 0 && named.Length == stuck.ConsentsUsed.Length && stuck.Released.Any(target =>
            grounds.Of(stuck.Recipient!, stuck.Purpose!, target) == Ground.Consent && !named.Any(grant => grant.Targets.Contains(Target.Parse(target).Name))))
        {
            return Violation.Of("consent.mismatch", "Something was released on a consent for something else.", [.. named, stuck]);
        }

        var bare = stuck.Released.FirstOrDefault(target => grounds.Of(stuck.Recipient!, stuck.Purpose!, target) is var ground
            && (ground == Ground.None || (ground == Ground.Consent && stuck.ConsentsUsed.IsEmpty)));
        return bare is null ? null : Violation.Of("release.groundless", $"{bare} was released on no ground.", stuck);
    }

    private static bool Fits(Operation grant, Operation ask) =>
        grant.Recipient == ask.Recipient && grant.Purpose == ask.Purpose && ask.Targets.Any(target => grant.Targets.Contains(Target.Parse(target).Name));

    // A consent that stood from before the call to after the answer, with uses left whatever unanswered attempts took.
    private Violation? Withheld(Operation stuck)
    {
        foreach (var target in stuck.Targets.Where(target => !stuck.Released.Contains(target) && grounds.Of(stuck.Recipient!, stuck.Purpose!, target) == Ground.Consent))
        {
            var name = Target.Parse(target).Name;
            var standing = before.FirstOrDefault(grant => grant is { Kind: OperationKind.Grant, Outcome: OperationOutcome.Done, Consent: { } consent }
                && grant.Answered < stuck.Called
                && grant.Recipient == stuck.Recipient && grant.Purpose == stuck.Purpose && grant.Targets.Contains(name)
                && !Withdrawals(consent).Any(withdrawal => withdrawal.Called <= stuck.Answered)
                && (grant.Uses is not { } limit || MostUses(grant, stuck) < limit));
            if (standing is not null)
            {
                return Violation.Of("consent.ignored", $"{target} was withheld, though a consent was in force all the time.", standing, stuck);
            }
        }

        return null;
    }

    private int MostUses(Operation grant, Operation stuck) => before
        .Where(other => other.Kind == OperationKind.Disclose && other.Recipient == grant.Recipient && other.Purpose == grant.Purpose
            && (other.Answered is null || other.Answered > grant.Called))
        .Sum(other => (other.Outcome == OperationOutcome.Unknown ? Repetition.MostEntries : Repetition.Beside(other))
            + (other.ConsentsUsed.Contains(grant.Consent!.Value) && other.Id != stuck.Id ? 1 : 0));

    private Violation? Newest(Operation stuck) =>
        before.Where(other => other.Answered < stuck.Called && Seen(other) is { } place && place > stuck.Version && Counts(other, stuck)).MaxBy(Seen) is { } later
            ? Violation.Of("read.old", $"The ledger was read up to {stuck.Version}, though {Seen(later)} was there before it was called.", later, stuck)
            : null;

    private static long? Seen(Operation operation) => operation.Kind == OperationKind.Read ? operation.Version : operation.Seq;

    // A list of accesses is compared with what it lists; the ledger with everything.
    private static bool Counts(Operation other, Operation read) => read.Purpose != Step.Accesses || other.Kind == OperationKind.Disclose || other.Purpose == read.Purpose;

    private Violation? Push(Operation stuck) =>
        stuck.Outcome == OperationOutcome.Done
        && before.FirstOrDefault(other => other.Answered < stuck.Called && other is { Outcome: OperationOutcome.Done, Kind: OperationKind.Push } && other.Version > stuck.Version) is { } newer
            ? Violation.Of("version.old", $"Version {stuck.Version} was taken in, though version {newer.Version} was held before it was called.", newer, stuck)
            : null;

    private Violation? Withdrawn(Operation stuck) =>
        stuck.Outcome == OperationOutcome.Done && !Grants(stuck.Consent!.Value).Any() && !known.Contains(stuck.Consent!.Value)
            ? Violation.Of("consent.unknown", "A consent was withdrawn that nobody had given.", stuck)
            : stuck.Outcome == OperationOutcome.Refused && Grants(stuck.Consent!.Value).FirstOrDefault(grant => grant.Answered < stuck.Called) is { } given
                ? Violation.Of("consent.ignored", "A consent in force was said to be unknown when it was withdrawn.", given, stuck)
                : null;
}
