using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Silo.Fixtures;

internal static class Retry
{
    private const int Most = 200;

    /// <summary>Does what callers are asked to do after <see cref="TryAgainException"/>.</summary>
    public static async Task<T> Again<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TryAgainException) when (attempt < Most)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Asserts that a call is refused with a fault that may be retried, of this code.</summary>
    public static async Task Refuses(string code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<TryAgainException>(call)).Code);
}
