namespace Platform.Load.Faults.Kinds;

/// <summary>The database is stopped in the fast way, which breaks every connection, and started again.</summary>
internal sealed class DatabaseRestarted : IFault
{
    public string Name => "database-restarted";

    public string What => "fast stop of PostgreSQL and start";

    public FaultTerms Terms { get; } = FaultTerms.Of(3, 2, 20);

    public Task Begin(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Hold(site.Stack.Postgres);
        return site.Stack.Postgres.Stop("fast", cancellation);
    }

    public Task End(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Release(site.Stack.Postgres);
        return Task.CompletedTask;
    }
}
