using Platform.Contracts;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>Reads of the ledger whose failure callers may repeat.</summary>
internal static class LedgerReading
{
    public static async Task<T> OrTryAgain<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The ledger does not answer ({exception.GetType().Name}).");
        }
    }
}
