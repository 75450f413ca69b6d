namespace Platform.Identity.Assertions;

sealed partial class UsedAssertionPruning(UsedAssertions used, TimeProvider clock, ILogger<UsedAssertionPruning> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await used.Prune(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                PruningFailed(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Used client assertions could not be pruned; the next round tries again.")]
    partial void PruningFailed(Exception fault);
}
