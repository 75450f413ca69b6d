namespace Platform.Load.Faults.Kinds;

/// <summary>The database's postmaster is taken away at once; what was committed must come back from the log.</summary>
internal sealed class DatabaseKilled : IFault
{
    public string Name => "database-killed";

    public string What => "kill -9 of the postmaster, then recovery";

    public FaultTerms Terms { get; } = FaultTerms.Of(3, 2, 20);

    public Task Begin(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Hold(site.Stack.Postgres);
        return site.Stack.Postgres.Kill(cancellation);
    }

    public Task End(FaultSite site, CancellationToken cancellation)
    {
        site.Supervisor.Release(site.Stack.Postgres);
        return Task.CompletedTask;
    }
}
