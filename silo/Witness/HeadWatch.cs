using System.Diagnostics.Metrics;

namespace Platform.Silo.Witness;

/// <summary>Brings the heads of what this silo writes to the witness, again and again and once more when it leaves.</summary>
internal sealed partial class HeadWatch : BackgroundService
{
    /// <summary>What is acknowledged within it before a database is lost may be lost unnoticed.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly HeadWitness _witness;
    private readonly TimeProvider _clock;
    private readonly ILogger<HeadWatch> _log;

    public HeadWatch(HeadWitness witness, IMeterFactory meters, [FromKeyedServices(SiloClock.Key)] TimeProvider clock, ILogger<HeadWatch> log)
    {
        (_witness, _clock, _log) = (witness, clock, log);
        var meter = meters.Create(SiloHost.Telemetry);
        meter.CreateObservableGauge(
            "platform.ledger.witness.contradicted",
            () => witness.Contradicts ? 1 : 0,
            unit: null,
            "1 once the database was found to be older than, or another than, what the witness saw; nothing is written to it then.");
        meter.CreateObservableGauge(
            "platform.ledger.witness.age",
            () => clock.GetElapsedTime(witness.LastAnswer).TotalSeconds,
            "s",
            "Time since the witness of the ledger's heads answered; what is written meanwhile could be lost unnoticed.");
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlush(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlush(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo leaves; StopAsync flushes.
        }
    }

    private async Task TryFlush(CancellationToken cancellation)
    {
        try
        {
            await _witness.Flush(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(_log, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The witness of the ledger's heads could not be brought up to date, or the database contradicts it")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
