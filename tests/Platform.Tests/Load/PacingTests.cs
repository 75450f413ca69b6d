using Microsoft.Extensions.Time.Testing;
using Platform.Load.Open;
using Platform.Load.Open.Results;
using Platform.Load.Open.Work;
using Xunit;

namespace Platform.Tests.Load;

public sealed class PacingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RunClock _clock;
    private readonly Log _log = new();

    public PacingTests() => _clock = new RunClock(_time);

    [Fact]
    public void Arrivals_are_issued_at_their_times()
    {
        var issued = new List<(long At, long Now)>();

        Pace(Every(10_000, 50), arrival => issued.Add((arrival.At, _clock.Now)), CancellationToken.None);

        Assert.Equal(50, issued.Count);
        Assert.All(issued, one => Assert.InRange(one.Now - one.At, 0, 200));
    }

    [Fact]
    public async Task Latency_counts_from_the_intended_start_also_of_those_that_came_due_while_the_sender_stood_still()
    {
        var work = new FakeWork();
        var dispatcher = Dispatcher(work);
        Pace(
            Every(10_000, 20),
            arrival =>
            {
                // The program stands still for 55 ms as the fifth arrival is sent: five more come due meanwhile.
                if (arrival.Number == 4)
                {
                    _time.Advance(TimeSpan.FromMilliseconds(55));
                }

                _ = dispatcher.Ask(arrival);
            },
            CancellationToken.None);
        await work.Answer();

        var latencies = _log.Since(0).OrderBy(one => one.Intended).Select(one => (one.Sent - one.Intended) / 1000).ToArray();
        Assert.Equal([0, 0, 0, 0, 55, 45, 35, 25, 15, 5, 0], latencies[..11]);
    }

    [Fact]
    public async Task Nobody_who_does_not_answer_holds_the_schedule_up()
    {
        var work = new FakeWork();
        var dispatcher = Dispatcher(work, most: 10);

        Pace(Every(10_000, 30), arrival => _ = dispatcher.Ask(arrival), CancellationToken.None);

        Assert.Equal(10, work.Asked);
        var missed = _log.Since(0);
        Assert.Equal(20, missed.Length);
        Assert.All(missed, one => Assert.Equal(Done.NotSent(InFlight.TooMany), one.Done));
        Assert.All(missed, one => Assert.InRange(one.Sent - one.Intended, 0, 200));
        await work.Answer();
        Assert.Equal(10, WorkloadSummary.Of("all", _log.Since(0), TimeSpan.FromSeconds(1)).Answered);
        Assert.Equal(30, WorkloadSummary.Of("all", _log.Since(0), TimeSpan.FromSeconds(1)).Asked);
    }

    [Fact]
    public async Task Only_so_many_are_under_way_for_one_citizen_and_the_others_are_not_held_up()
    {
        var work = new FakeWork();
        var dispatcher = Dispatcher(work, mostPerCitizen: 2);
        var ofOne = Every(1, 5).Select(arrival => arrival with { Citizen = 3 });
        var ofOthers = Every(1, 3).Select(arrival => arrival with { Citizen = (int)arrival.Number });

        foreach (var arrival in ofOne.Concat(ofOthers))
        {
            _ = dispatcher.Ask(arrival);
        }

        Assert.Equal(5, work.Asked);
        Assert.Equal(3, _log.Since(0).Count(one => one.Done == Done.NotSent(InFlight.CitizenBusy)));
        await work.Answer();
        _ = dispatcher.Ask(ofOne.First());
        Assert.Equal(6, work.Asked);
    }

    [Fact]
    public void A_work_that_throws_is_counted_as_failed_and_gives_its_place_back()
    {
        var dispatcher = new Dispatcher(_clock, new InFlight(1, 1, 10), _log, new Dictionary<Workload, IWork> { [Workload.Lawful] = new ThrowingWork() });

        foreach (var arrival in Every(1, 3))
        {
            _ = dispatcher.Ask(arrival);
        }

        Assert.Equal(3, _log.Since(0).Count(one => one.Done.Verdict == Verdict.Failed));
    }

    [Fact]
    public void A_run_that_is_stopped_issues_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        var issued = 0;

        Pace(
            Every(10_000, 100),
            _ =>
            {
                if (++issued == 10)
                {
                    stop.Cancel();
                }
            },
            stop.Token);

        Assert.Equal(10, issued);
    }

    private static IEnumerable<Arrival> Every(long microseconds, int count) =>
        Enumerable.Range(0, count).Select(number => new Arrival(number, number * microseconds, Workload.Lawful, number % 10, 0, 0));

    private void Pace(IEnumerable<Arrival> arrivals, Action<Arrival> issue, CancellationToken stop) => new Pacer(_clock, _time.Advance).Run(arrivals, issue, stop);

    private Dispatcher Dispatcher(IWork work, int most = 100, int mostPerCitizen = 100) =>
        new(_clock, new InFlight(most, mostPerCitizen, 10), _log, new Dictionary<Workload, IWork> { [Workload.Lawful] = work });

    private sealed class FakeWork : IWork
    {
        private readonly List<TaskCompletionSource<Done>> _open = [];

        public int Asked { get; private set; }

        public ValueTask<Done> Do(Arrival arrival)
        {
            Asked++;
            _open.Add(new());
            return new(_open[^1].Task);
        }

        public async Task Answer()
        {
            foreach (var open in _open)
            {
                open.SetResult(new(Verdict.Served, "200", null, 0, IsAnswered: true));
            }

            _open.Clear();
            await Task.Yield();
        }
    }

    private sealed class ThrowingWork : IWork
    {
        public ValueTask<Done> Do(Arrival arrival) => throw new FormatException();
    }
}
