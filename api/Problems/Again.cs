using Microsoft.Extensions.Options;
using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>
/// Makes a request's calls again while it has time, where the first can have released or changed nothing that the second would double: another
/// activation moved on, or a silo left. What is overloaded is not asked again but left to the caller's Retry-After.
/// </summary>
sealed class Again(IOptions<ApiOptions> options, TimeProvider clock)
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    readonly long _started = clock.GetTimestamp();

    TimeSpan Left => options.Value.Deadline - clock.GetElapsedTime(_started);

    public Task Call(Func<Task> call) => Call(async () =>
    {
        await call();
        return true;
    });

    public async Task<T> Call<T>(Func<Task<T>> call)
    {
        var spent = new Spent();
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (Left is var left && left <= TimeSpan.Zero)
            {
                throw new TimeoutException("The request has used up its time.");
            }

            try
            {
                return await call().WaitAsync(left, clock);
            }
            catch (Exception fault) when (spent.MayPass(fault) && pause < Left)
            {
                // Half to full length, so that those who failed together do not come back together.
                await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), clock);
            }
        }
    }

    sealed class Spent
    {
        int _moved;
        int _unanswered;

        public bool MayPass(Exception fault) => fault switch
        {
            TryAgainException { Code: TryAgainException.LedgerMoved or TryAgainException.RecordUnavailable } => _moved++ < 1,
            GatewayTooBusyException or LimitExceededException => false,
            // What a silo did not answer it may still be working on: asked over and over it would only have more to do.
            TimeoutException or OperationCanceledException => _unanswered++ < 1,
            OrleansException => true,
            _ => false,
        };
    }
}
