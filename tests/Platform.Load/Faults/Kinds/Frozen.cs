namespace Platform.Load.Faults.Kinds;

/// <summary>A silo stands still for longer than the others wait for it, and goes on as if nothing had been: the classic double activation.</summary>
internal sealed class Frozen : IFault
{
    public string Name => "silo-frozen";

    public string What => "SIGSTOP of a silo for longer than the membership timeout, then SIGCONT";

    public FaultTerms Terms { get; } = FaultTerms.Of(30, 20, 60);

    public Task Begin(FaultSite site, CancellationToken cancellation) => site.Stack.Silos[0].Freeze(cancellation);

    public Task End(FaultSite site, CancellationToken cancellation) => site.Stack.Silos[0].Thaw(cancellation);
}
