using System.Collections.Immutable;
using System.Globalization;
using Platform.Load.Open.Results;
using Platform.Load.Open.Wire;
using Platform.Load.Open.Work;

namespace Platform.Load.Open;

/// <summary>Load that runs until its schedule is through or it is stopped. While it does, whoever started it may name intervals of it.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private readonly LoadTarget _target;
    private readonly LoadOptions _options;
    private readonly RunClock _clock;
    private readonly Recorder _recorder;
    private readonly ApiPool _apis;
    private readonly SystemTokens _systems;
    private readonly InFlight _inFlight;
    private readonly Log _log = new();
    private readonly List<Phase> _phases = [];
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<TimeSpan> _processor;
    private ImmutableDictionary<Workload, IWork> _work = ImmutableDictionary<Workload, IWork>.Empty;
    private Task _through = Task.CompletedTask;
    private long _length;

    private LoadRun(LoadTarget target, LoadOptions options, TimeProvider time, CancellationToken cancellation)
    {
        (_target, _options, _clock) = (target, options, new RunClock(time));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _recorder = new Recorder(options.Header(_clock, target), options.Save, options.Record);
        _apis = new ApiPool(target.Apis, options.Patience);
        _systems = new SystemTokens(target, time);
        _processor = ProcessorAfterWarmUp();
        _inFlight = new InFlight(options.MostInFlight, options.Callers ?? options.MostPerCitizen, target.Citizens.Length);
    }

    /// <summary>Completes when the schedule is through; what was sent may still be under way.</summary>
    public Task Through => _through;

    public int UnderWay => _inFlight.Count;

    public TimeSpan Elapsed => TimeSpan.FromMicroseconds(_clock.Now);

    /// <summary>Gets the first tokens and begins.</summary>
    public static async Task<LoadRun> Start(LoadTarget target, LoadOptions options, CancellationToken cancellation)
    {
        var run = new LoadRun(target, options, TimeProvider.System, cancellation);
        try
        {
            await run.Prepare(cancellation);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }

        run.Begin();
        return run;
    }

    /// <summary>Names the interval from now until the result is disposed of.</summary>
    public IDisposable Phase(string name) => new OpenPhase(this, name, _clock.Now);

    /// <summary>What has ended since the log was <paramref name="from"/> long, for whoever shows how it goes.</summary>
    public Finished[] Since(int from) => _log.Since(from);

    /// <summary>Ends the schedule, waits for what is under way as long as that may take, and tells what it all came to.</summary>
    public async Task<LoadResult> Stop()
    {
        await _stop.CancelAsync();
        await _through;
        await Drained(_options.Drain);

        // What nobody answers any more: changes give up, and are recorded as unknown.
        await _ended.CancelAsync();
        await Drained(_options.Patience + _options.Patience);
        var warm = (long)_options.WarmUp.TotalMicroseconds;
        Finished[] measured = [.. _log.Since(0).Where(one => one.Intended >= warm)];
        return LoadResult.Of(
            TimeSpan.FromMicroseconds(Math.Max(1, _length - warm)), measured, _phases.OrderBy(phase => phase.From), _target.Apis.Length, _target.Identities, Environment.CpuUsage.TotalTime - await _processor, _systems.Failures, _recorder.History());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _ended.CancelAsync();
        await _through;
        await Drained(_options.Patience);
        await _systems.DisposeAsync();
        await _recorder.DisposeAsync();
        foreach (var work in _work.Values.OfType<IDisposable>())
        {
            work.Dispose();
        }

        _apis.Dispose();
        _stop.Dispose();
        _ended.Dispose();
    }

    private async Task Prepare(CancellationToken cancellation)
    {
        var parts = new Parts
        {
            Target = _target,
            Asking = new Asking(_apis, _clock, _options.Retry, _ended.Token),
            Systems = _systems,
            People = new PersonTokens(_target.PersonToken, _target.Citizens.Length, _clock.Time),
            Recorder = _recorder,
            Document = _clock.StartedAt.ToString("'LOAD-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture),
            Heads = new Heads(_target.Citizens.Length),
        };
        _work = Works.For(_options, parts, _ended.Token);
        foreach (var system in new[] { Terms.Consented.System, Terms.Lawful.System })
        {
            await _systems.Keep(system, cancellation);
        }
    }

    private void Begin()
    {
        var arrivals = _options.ScheduleFor(_target.Citizens.Length).Arrivals();
        var dispatcher = new Dispatcher(_clock, _inFlight, _log, _work);
        if (_options.Callers is { } callers)
        {
            _through = CloseLoop(arrivals, dispatcher, callers);
            return;
        }

        // A thread of its own: an arrival must not wait until the pool has one.
        var through = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _through = through.Task;
        new Thread(() =>
        {
            new Pacer(_clock, Pacer.Sleep).Run(arrivals, dispatcher.Issue, _stop.Token);
            Volatile.Write(ref _length, _clock.Now);
            through.SetResult();
        })
        { IsBackground = true, Name = "pacer", Priority = ThreadPriority.AboveNormal }.Start();
    }

    private async Task CloseLoop(IEnumerable<Arrival> arrivals, Dispatcher dispatcher, int callers)
    {
        using var turn = arrivals.GetEnumerator();
        var end = (_options.WarmUp + _options.Length).TotalMicroseconds;
        Arrival? Next()
        {
            lock (turn)
            {
                return !_stop.IsCancellationRequested && _clock.Now < end && turn.MoveNext() ? turn.Current with { At = _clock.Now } : null;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Next() is { } arrival)
            {
                await dispatcher.Ask(arrival);
            }
        })));
        _length = _clock.Now;
    }

    private async Task<TimeSpan> ProcessorAfterWarmUp()
    {
        await Task.Delay(_options.WarmUp, _clock.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Environment.CpuUsage.TotalTime;
    }

    private async Task Drained(TimeSpan patience)
    {
        var until = _clock.Now + patience.TotalMicroseconds;
        while (_inFlight.Count > 0 && _clock.Now < until)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock.Time);
        }
    }

    private sealed class OpenPhase(LoadRun run, string name, long from) : IDisposable
    {
        public void Dispose()
        {
            lock (run._phases)
            {
                run._phases.Add(new(name, from, run._clock.Now));
            }
        }
    }
}
