using Platform.Load.Histories;

namespace Platform.Load.Faults.Results;

/// <summary>How long somebody wanted something and nothing succeeded.</summary>
internal static class Waits
{
    /// <summary>The longest such time of any citizen, within the history.</summary>
    public static TimeSpan Longest(History history) => history.Operations
        .GroupBy(operation => operation.Citizen)
        .Select(citizen => Longest([.. citizen]))
        .DefaultIfEmpty()
        .Max();

    private static TimeSpan Longest(IReadOnlyList<Operation> operations)
    {
        var events = operations
            .Select(operation => (At: operation.Called, IsSuccess: false, WillSucceed: Succeeded(operation)))
            .Concat(operations.Where(Succeeded).Select(operation => (At: operation.Answered!.Value, IsSuccess: true, WillSucceed: false)))
            .OrderBy(one => one.At)
            .ThenBy(one => one.IsSuccess);
        var (longest, since, pending) = (0L, (long?)null, 0);
        foreach (var (at, isSuccess, willSucceed) in events)
        {
            if (isSuccess)
            {
                longest = Math.Max(longest, at - (since ?? at));
                pending--;

                // What is still under way waits from here; what had failed is no longer all that there is.
                since = pending > 0 ? at : null;
            }
            else
            {
                since ??= at;
                pending += willSucceed ? 1 : 0;
            }
        }

        // Whoever was never answered waited until the end.
        var end = operations.Max(operation => operation.Answered ?? operation.Called);
        return TimeSpan.FromMicroseconds(Math.Max(longest, since is { } waiting ? end - waiting : 0));
    }

    private static bool Succeeded(Operation operation) => operation.Outcome != OperationOutcome.Unknown;
}
