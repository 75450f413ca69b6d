using Microsoft.Extensions.Options;

namespace Platform.Identity.Keys;

/// <summary>Keeps a running server's keys current, so that a rotation needs no restart.</summary>
sealed partial class SigningKeyRefresh(
    SigningKeyRing ring, IOptions<SigningKeyOptions> options, TimeProvider clock, ILogger<SigningKeyRefresh> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ring.Refresh(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The keys at hand stay good for a day or more; the next tick tries again.
                RefreshFailed(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The signing keys could not be refreshed; the keys at hand stay in use.")]
    partial void RefreshFailed(Exception fault);
}
