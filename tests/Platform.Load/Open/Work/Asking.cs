using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>Asks as a client does: once, once more after a fault where the run says so, or until there is an answer where the asker must know.</summary>
internal sealed class Asking(ApiPool apis, RunClock clock, bool retry, CancellationToken ended)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public RunClock Clock => clock;

    /// <summary>The instance that an arrival asks first.</summary>
    public int First(Arrival arrival) => arrival.Instance % apis.Count;

    /// <summary>Asks; a retry may go elsewhere. Each attempt is told with the time of its call.</summary>
    public async ValueTask<Done> Once<T>(
        Arrival arrival, ApiRequest request, Func<Answer, Reply<T>> read, Action<Arrival, int, long, Reply<T>> attempt)
        where T : class
    {
        var instance = First(arrival);
        var called = clock.Now;
        var reply = await apis.Ask(instance, request, read);
        attempt(arrival, instance, called, reply);
        if (!retry || !reply.MayPass)
        {
            return Judge(reply, null, instance);
        }

        var fault = reply.Name;
        await Wait(reply.RetryAfter);
        instance = (instance + 1) % apis.Count;
        called = clock.Now;
        reply = await apis.Ask(instance, request, read);
        attempt(arrival, instance, called, reply);
        return Judge(reply, fault, instance);
    }

    /// <summary>Asks again until the outcome is known or the run has ended; gives the last reply.</summary>
    public async ValueTask<(Done Done, Reply<T> Reply)> UntilKnown<T>(Arrival arrival, ApiRequest request, Func<Answer, Reply<T>> read)
        where T : class
    {
        var instance = First(arrival);
        string? fault = null;
        for (var attempts = 1; ; attempts++)
        {
            var reply = await apis.Ask(instance, request, read);
            if (reply.IsKnown || ended.IsCancellationRequested)
            {
                var done = Judge(reply, fault, instance);
                return (attempts > 2 || (attempts == 2 && !retry) ? done with { Verdict = Verdict.Failed } : done, reply);
            }

            fault ??= reply.Name;
            await Wait(reply.RetryAfter);
            instance = (instance + 1) % apis.Count;
        }
    }

    private static Done Judge<T>(Reply<T> reply, string? fault, int instance)
        where T : class =>
        reply.IsServed
            ? new(fault is null ? Verdict.Served : Verdict.Hidden, reply.Name, fault, instance, IsAnswered: true)
            : Done.Failed(reply.Name, instance) with { Fault = fault ?? reply.Name };

    private async Task Wait(TimeSpan? told)
    {
        var pause = told is { } wanted ? wanted < LongestPause ? wanted : LongestPause : Pause;
        await Task.Delay(pause, clock.Time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
