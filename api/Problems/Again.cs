using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Calls that may be made a second time, because the first can have released or changed nothing that the second would double.</summary>
static class Again
{
    public static async Task<T> Once<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (TryAgainException fault) when (fault.Code is TryAgainException.LedgerMoved or TryAgainException.RecordUnavailable)
        {
            return await call();
        }
    }
}
