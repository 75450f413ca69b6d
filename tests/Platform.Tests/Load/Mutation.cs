using Platform.Load.Histories;

namespace Platform.Tests.Load;

/// <summary>Ways to change a history so that it cannot have happened; none where the history gives no occasion.</summary>
internal static class Mutation
{
    public static Operation[]? Named(string name, Operation[] operations, Random dice) => name switch
    {
        nameof(DropGrant) => DropGrant(operations),
        nameof(DropPush) => DropPush(operations),
        nameof(SameEntry) => SameEntry(operations),
        nameof(SwapPlaces) => SwapPlaces(operations, dice),
        nameof(MoveBeforeGrant) => MoveBeforeGrant(operations),
        nameof(MoveBehindWithdrawal) => MoveBehindWithdrawal(operations),
        nameof(UseOnceMore) => UseOnceMore(operations),
        _ => OlderVersion(operations),
    };

    /// <summary>Any small change; whether the history can still have happened is not known.</summary>
    public static Operation[] AnyOf(Operation[] operations, Random dice)
    {
        var index = dice.Next(operations.Length);
        var (one, other) = (operations[index], operations[dice.Next(operations.Length)]);
        return dice.Next(6) switch
        {
            0 when operations.Length > 1 => [.. operations.Where(operation => operation != one)],
            1 when one.Seq is not null => Replace(operations, one, one with { Seq = other.Seq ?? one.Seq }),
            2 when one.Answered is not null && other.Answered is not null => Replace(operations, one, one with { Called = other.Called, Answered = other.Answered }),
            3 when one.Recipient == "dien-luc" && one.Kind == OperationKind.Disclose => Replace(operations, one, one with { ConsentsUsed = other.ConsentsUsed, Released = other.Released, Outcome = one.Answered is null || other.Answered is null ? one.Outcome : other.Outcome, Code = one.Answered is null ? one.Code : "disclosure.denied" }),
            4 when one.Version is not null && one.Outcome == OperationOutcome.Done => Replace(operations, one, one with { Version = one.Version + dice.Next(3) - 1 < 0 ? 0 : one.Version + dice.Next(3) - 1 }),
            _ => Replace(operations, one, one with { Answered = one.Answered is null ? null : one.Called + 1 }),
        };
    }

    public static Operation[]? DropGrant(Operation[] operations)
    {
        var used = operations.SelectMany(operation => operation.ConsentsUsed).ToHashSet();
        return operations.FirstOrDefault(operation => operation is { Kind: OperationKind.Grant, Outcome: OperationOutcome.Done } && used.Contains(operation.Consent!.Value)) is { } grant
            ? [.. operations.Where(operation => operation != grant)]
            : null;
    }

    public static Operation[]? DropPush(Operation[] operations) =>
        operations.LastOrDefault(push => push.Kind == OperationKind.Push && operations.Any(read => read.Kind == OperationKind.Disclose && read.Version == push.Version)) is { } seen
            ? [.. operations.Where(operation => operation != seen)]
            : null;

    public static Operation[]? SameEntry(Operation[] operations)
    {
        var answers = operations.Where(operation => operation.Entry is not null).ToArray();
        return answers.Length < 2 ? null : Replace(operations, answers[^1], answers[^1] with { Entry = answers[0].Entry, Seq = answers[0].Seq, Hash = answers[0].Hash });
    }

    public static Operation[]? SwapPlaces(Operation[] operations, Random dice)
    {
        var answers = operations.Where(operation => operation.Seq is not null).ToArray();
        var first = answers[dice.Next(answers.Length / 2)];
        var second = answers.FirstOrDefault(operation => operation.Called > first.Answered);
        return second is null ? null : Replace(Replace(operations, first, first with { Seq = second.Seq }), second, second with { Seq = first.Seq });
    }

    public static Operation[]? MoveBeforeGrant(Operation[] operations) =>
        Find(operations, OperationKind.Grant, (grant, use) => grant.Called > 10) is var (grant, use)
            ? Replace(operations, use, use with { Called = grant.Called - 9, Answered = grant.Called - 1, Seq = null, Entry = null, Hash = null })
            : null;

    public static Operation[]? MoveBehindWithdrawal(Operation[] operations) =>
        Find(operations, OperationKind.Withdraw, (withdrawal, _) => withdrawal.Outcome == OperationOutcome.Done) is var (withdrawal, use)
            ? Replace(operations, use, use with { Called = withdrawal.Answered!.Value + 1, Answered = withdrawal.Answered + 9, Seq = null, Entry = null, Hash = null })
            : null;

    public static Operation[]? UseOnceMore(Operation[] operations)
    {
        foreach (var grant in operations.Where(operation => operation is { Kind: OperationKind.Grant, Uses: not null }))
        {
            var uses = operations.Where(operation => operation.ConsentsUsed.Contains(grant.Consent!.Value)).ToArray();
            if (uses.Length == grant.Uses)
            {
                return [.. operations, uses[^1] with { Id = operations.Max(operation => operation.Id) + 1, Called = uses[^1].Answered!.Value, Answered = uses[^1].Answered + 5, Seq = null, Entry = null, Hash = null }];
            }
        }

        return null;
    }

    public static Operation[]? OlderVersion(Operation[] operations)
    {
        foreach (var read in operations.Where(operation => operation is { Kind: OperationKind.Disclose, Version: > 0 }))
        {
            if (operations.Any(push => push is { Kind: OperationKind.Push, Outcome: OperationOutcome.Done } && push.Answered < read.Called && push.Version == read.Version))
            {
                return Replace(operations, read, read with { Version = read.Version - 1 });
            }
        }

        return null;
    }

    private static (Operation, Operation)? Find(Operation[] operations, OperationKind kind, Func<Operation, Operation, bool> fits)
    {
        foreach (var change in operations.Where(operation => operation.Kind == kind && operation.Answered is not null))
        {
            if (operations.FirstOrDefault(use => use.ConsentsUsed.Contains(change.Consent!.Value) && fits(change, use)) is { } use)
            {
                return (change, use);
            }
        }

        return null;
    }

    private static Operation[] Replace(Operation[] operations, Operation old, Operation changed) => [.. operations.Select(operation => operation == old ? changed : operation)];
}
