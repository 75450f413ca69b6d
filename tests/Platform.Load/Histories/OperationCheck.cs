using Platform.Domain.Citizens;

namespace Platform.Load.Histories;

/// <summary>What an operation must be to mean anything; the same for who writes and who reads.</summary>
internal static class OperationCheck
{
    /// <summary>What is wrong with an operation, or nothing.</summary>
    public static string? Find(Operation operation, HistoryHeader header) => operation switch
    {
        { Id: < 0 } => "the operation's number is negative",
        _ when operation.Citizen < 0 || operation.Citizen >= header.Citizens => $"citizen {operation.Citizen} is not one of {header.Citizens}",
        _ when operation.Instance < 0 || operation.Instance >= header.Instances => $"instance {operation.Instance} is not one of {header.Instances}",
        { Called: < 0 } => "it was called before the run began",
        { Answered: { } answered } when answered < operation.Called => "it was answered before it was called",
        { Outcome: OperationOutcome.Unknown, Answered: not null } => "an unknown outcome has no answer",
        { Outcome: not OperationOutcome.Unknown, Answered: null } => "a known outcome needs the time of its answer",
        { Kind: OperationKind.Withdraw, Consent: null } => "a withdrawal names its consent",
        { Kind: OperationKind.Grant, Outcome: OperationOutcome.Done, Consent: null } => "a granted consent has a name",
        { Kind: OperationKind.Push, Version: null } => "a push names the issuer's version",
        { Uses: < 1 } => "a consent allows at least one use",
        _ when operation.Targets.IsDefault || operation.Released.IsDefault || operation.ConsentsUsed.IsDefault => "a list is missing",
        _ when Texts(operation).Any(text => text is not null && PersonalIdMask.Apply(text) != text) => "it holds a personal number",
        _ => null,
    };

    private static IEnumerable<string?> Texts(Operation operation) =>
        [operation.Code, operation.Recipient, operation.Purpose, .. operation.Targets, .. operation.Released];
}
