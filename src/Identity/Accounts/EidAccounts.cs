using Platform.Contracts;
using Platform.Domain.Citizens;

namespace Platform.Identity.Accounts;

/// <summary>The way to a person's account in the cluster.</summary>
sealed class EidAccounts(Func<IGrainFactory> cluster)
{
    const int Tries = 3;

    /// <summary>Asks the account of a number; a fault after which nothing was done is tried again, a few times.</summary>
    public async Task<T> Ask<T>(PersonalId number, Func<IEidAccountGrain, Task<T>> question)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await question(cluster().GetGrain<IEidAccountGrain>(number.Reveal()));
            }
            catch (Exception fault) when (fault is TryAgainException or OrleansMessageRejectionException && tries < Tries)
            {
                // The next call reaches an activation that has seen what moved, or another silo than the one that left and did not take the call.
            }
        }
    }

    /// <summary>As the other, for what answers nothing.</summary>
    public Task Tell(PersonalId number, Func<IEidAccountGrain, Task> message) =>
        Ask(number, async account =>
        {
            await message(account);
            return true;
        });
}
