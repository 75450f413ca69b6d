using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;
using Platform.Silo.Ledger;

namespace Platform.Silo.Rules;

/// <summary>
/// What this silo knows of rule books and suspensions, under a lease counted on the monotonic clock from before the question was asked.
/// Without a running lease nothing is decided.
/// </summary>
internal sealed partial class RuleBookLease : BackgroundService
{
    private const int PageSize = 100;
    private readonly LedgerStore _store;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _clock;
    private readonly ILogger<RuleBookLease> _log;
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private Confirmed? _confirmed;

    public RuleBookLease(
        LedgerStore store, IOptions<RuleOptions> options, RuleMetrics metrics, [FromKeyedServices(SiloClock.Key)] TimeProvider clock, ILogger<RuleBookLease> log)
    {
        (_store, _lease, _clock, _log) = (store, options.Value.Lease, clock, log);
        metrics.WatchLease(() => Volatile.Read(ref _confirmed) is { } confirmed ? _clock.GetElapsedTime(confirmed.At) : null, _lease);
    }

    /// <summary>The attribute catalogue of this release.</summary>
    public AttributeCatalogue Catalogue { get; } = AttributeCatalogue.Shipped;

    /// <summary>The book in force at an instant and the suspensions, or <see cref="TryAgainException"/> if they cannot be confirmed.</summary>
    public CurrentRules Current(DateTimeOffset now)
    {
        var confirmed = Volatile.Read(ref _confirmed);
        if (confirmed is null || Expired(confirmed.At) || confirmed.Governance.InForce(now) is not { } book)
        {
            throw Unconfirmed();
        }

        return new CurrentRules(book.Book, confirmed.Governance, confirmed.At);
    }

    /// <summary>Throws if the lease under which something was decided has run out meanwhile.</summary>
    public void Confirm(CurrentRules rules)
    {
        if (Expired(rules.LeaseStart))
        {
            throw Unconfirmed();
        }
    }

    /// <summary>Asks the database what is current and starts a new lease.</summary>
    public async Task<Governance> Renew()
    {
        await _renewal.WaitAsync();
        try
        {
            var asked = _clock.GetTimestamp();
            var governance = _confirmed?.Governance ?? Governance.Empty;
            while (true)
            {
                var page = await _store.Read(Governance.Subject, governance.Head.Seq, PageSize);
                governance = page.Aggregate(governance, (known, entry) => known.After(entry));
                if (page.Length < PageSize)
                {
                    break;
                }
            }

            Volatile.Write(ref _confirmed, new Confirmed(governance, asked));
            return governance;
        }
        finally
        {
            _renewal.Release();
        }
    }

    /// <summary>Asks for the first time before the silo is sent its first call; a database that does not answer then is asked again later.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRenew(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _renewal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_lease / 4, _clock);
        while (await WaitForTick(timer, stoppingToken))
        {
            await TryRenew(stoppingToken);
        }
    }

    private async Task TryRenew(CancellationToken stopping)
    {
        try
        {
            await Renew();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // What a database cancels must not end the silo either.
            LogFailed(_log, exception.GetType().Name);
        }
    }

    private static async Task<bool> WaitForTick(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool Expired(long leaseStart) => _clock.GetElapsedTime(leaseStart) >= _lease;

    private static TryAgainException Unconfirmed() =>
        new(TryAgainException.RulesUnconfirmed, "Which rule book is current cannot be confirmed at the moment.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The current rule book could not be confirmed ({Cause}); decisions stop when the lease runs out")]
    private static partial void LogFailed(ILogger log, string cause);

    private sealed record Confirmed(Governance Governance, long At);
}

/// <summary>The rules under which something is decided, and the lease they were taken from.</summary>
internal sealed record CurrentRules(RuleBook Book, Governance Governance, long LeaseStart)
{
    public bool IsSuspended(string system) => Governance.Standings.TryGetValue(system, out var standing) && standing.Suspended;
}
