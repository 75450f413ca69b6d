using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Domain.Ledger;

namespace Platform.Silo.Ledger;

/// <summary>
/// All appends of a silo: gathered into batches, one commit each. An answer waits for the commit of its own batch; a full queue, a failed batch
/// or a stopped writer is a fault for the caller and never a silent success.
/// </summary>
internal sealed partial class LedgerWriter : BackgroundService
{
    private readonly ILedgerAppender _appender;
    private readonly LedgerOptions _options;
    private readonly LedgerMetrics _metrics;
    private readonly SiloTraces _traces;
    private readonly ILogger<LedgerWriter> _log;
    private readonly Channel<Waiting> _queue;

    public LedgerWriter(ILedgerAppender appender, IOptions<LedgerOptions> options, LedgerMetrics metrics, SiloTraces traces, ILogger<LedgerWriter> log)
    {
        (_appender, _options, _metrics, _traces, _log) = (appender, options.Value, metrics, traces, log);
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(_options.Capacity) { SingleReader = false });
        metrics.WatchQueue(() => _queue.Reader.Count);
    }

    public LedgerStatistics Statistics { get; } = new();

    /// <summary>True once the entry is durable; false if its place in the ledger was taken. Throws <see cref="TryAgainException"/> if neither is sure.</summary>
    public Task<bool> Append(LedgerEntry entry)
    {
        var trace = Activity.Current is { Recorded: true } current ? current : null;
        var waiting = new Waiting(entry, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously), trace);
        if (!_queue.Writer.TryWrite(waiting))
        {
            _metrics.Refused();
            waiting.Done.SetException(new TryAgainException(TryAgainException.LedgerBusy, "The ledger takes no more entries at the moment."));
        }

        return waiting.Done.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is queued is still written; nothing new is taken.
        _queue.Writer.TryComplete();
        try
        {
            if (ExecuteTask is { } lanes)
            {
                await lanes.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await base.StopAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _options.Lanes).Select(_ => Task.Run(() => RunLane(stoppingToken), CancellationToken.None)));

    private async Task RunLane(CancellationToken stopping)
    {
        var lane = Lane.None;
        var batch = new List<Waiting>(_options.BatchSize);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stopping))
            {
                while (batch.Count < _options.BatchSize && _queue.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                if (batch.Count > 0)
                {
                    lane = await Write(lane, batch, stopping);
                    batch.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped(_log);
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left))
            {
                batch.Add(left);
            }

            Fail(batch, new OperationCanceledException("The ledger writer has stopped."));
        }
    }

    private async Task<Lane> Write(Lane lane, List<Waiting> batch, CancellationToken stopping)
    {
        using var trace = _traces.Commit(batch.Where(waiting => waiting.Trace is not null).Select(waiting => waiting.Trace!).ToArray(), batch.Count);
        try
        {
            if (lane.Number == 0)
            {
                lane = new Lane(await _appender.OpenLane(stopping), 0, BatchDigest.Start);
            }

            var started = _metrics.TimesCommits ? Stopwatch.GetTimestamp() : 0;
            var appended = await _appender.Append(lane.Number, lane.Batch + 1, lane.Digest, batch.ConvertAll(waiting => waiting.Entry), stopping);
            Statistics.Count(batch.Count);
            if (started != 0)
            {
                _metrics.Committed(Stopwatch.GetElapsedTime(started), batch.Count, appended.Count);
            }

            if (appended.Taken.Length != batch.Count)
            {
                throw new InvalidOperationException("What was taken is not told of every entry.");
            }

            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Done.TrySetResult(appended.Taken[index]);
            }

            return new Lane(lane.Number, lane.Batch + 1, appended.Digest);
        }
        catch (Exception exception)
        {
            // Whether the batch was committed is not known: nobody may release on it, and the chain of batches starts anew.
            LogFailed(_log, exception, batch.Count);
            _metrics.Failed();
            trace?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            Fail(batch, exception);
            return Lane.None;
        }
    }

    private static void Fail(List<Waiting> batch, Exception cause)
    {
        foreach (var waiting in batch)
        {
            waiting.Done.TrySetException(new TryAgainException(
                TryAgainException.LedgerUnavailable, $"The entry could not be confirmed in the ledger ({cause.GetType().Name})."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Count} ledger entries failed; nothing was released on it")]
    private static partial void LogFailed(ILogger log, Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The ledger writer was stopped before its queue was empty")]
    private static partial void LogStopped(ILogger log);

    private readonly record struct Waiting(LedgerEntry Entry, TaskCompletionSource<bool> Done, Activity? Trace);

    private readonly record struct Lane(int Number, long Batch, byte[] Digest)
    {
        public static Lane None => new(0, 0, BatchDigest.Start);
    }
}
