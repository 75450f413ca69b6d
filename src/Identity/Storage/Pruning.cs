namespace Platform.Identity.Storage;

/// <summary>Every few minutes each instance removes what has run out; several at once do no harm.</summary>
sealed partial class Pruning(IEnumerable<IPruned> stores, TimeProvider clock, ILogger<Pruning> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var store in stores)
            {
                await Prune(store, stoppingToken);
            }
        }
    }

    async Task Prune(IPruned store, CancellationToken ct)
    {
        try
        {
            await store.Prune(ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            PruningFailed(store.GetType().Name, fault);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old rows of {store} could not be removed; the next round tries again.")]
    partial void PruningFailed(string store, Exception fault);
}
