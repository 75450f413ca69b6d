using Platform.Load.Faults.Ground;

namespace Platform.Load.Faults.Kinds;

/// <summary>The database's disk takes only a few writes a second.</summary>
internal sealed class SlowDisk : IFault
{
    private const int Writes = 20;

    public string Name => "disk-slow";

    public string What => $"{Writes} writes a second on the database's disk";

    public FaultTerms Terms { get; } = FaultTerms.Of(30, 10, 30);

    public string? Missing() => Disk.MissingToSlow();

    public Task Begin(FaultSite site, CancellationToken cancellation) => site.Laboratory.Disk.Slow(site.Stack.Postgres.Id, Writes, cancellation);

    public Task End(FaultSite site, CancellationToken cancellation) => Disk.Quicken();
}
