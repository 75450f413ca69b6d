using Platform.Load.Open.Results;
using Platform.Load.Open.Work;

namespace Platform.Load.Open;

/// <summary>Takes arrivals as they come due, finds them a place or says that there is none, and logs how each ended.</summary>
internal sealed class Dispatcher(RunClock clock, InFlight inFlight, Log log, IReadOnlyDictionary<Workload, IWork> work)
{
    /// <summary>Sends an arrival on its way; the caller, who keeps the schedule, does not wait for it.</summary>
    public void Issue(Arrival arrival)
    {
        if (TryEnter(arrival))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Me.Carry(state.Arrival), (Me: this, Arrival: arrival), preferLocal: false);
        }
    }

    /// <summary>Carries an arrival out before it returns, for callers who ask one after the other.</summary>
    public Task Ask(Arrival arrival) => TryEnter(arrival) ? Carry(arrival) : Task.CompletedTask;

    private int? CitizenOf(Arrival arrival) => work[arrival.Workload].ConcernsCitizen ? arrival.Citizen : null;

    private bool TryEnter(Arrival arrival)
    {
        if (inFlight.Enter(CitizenOf(arrival)) is not { } why)
        {
            return true;
        }

        var now = clock.Now;
        log.Add(new(arrival.At, now, now, arrival.Workload, Done.NotSent(why)));
        return false;
    }

    private async Task Carry(Arrival arrival)
    {
        var sent = clock.Now;
        Done done;
        try
        {
            done = await work[arrival.Workload].Do(arrival);
        }
        catch (Exception fault)
        {
            // Nothing that a server does may end the run, and nothing may be lost from the count.
            done = Done.Failed($"unreadable answer ({fault.GetType().Name})", 0);
        }

        log.Add(new(arrival.At, sent, clock.Now, arrival.Workload, done));
        inFlight.Leave(CitizenOf(arrival));
    }
}
