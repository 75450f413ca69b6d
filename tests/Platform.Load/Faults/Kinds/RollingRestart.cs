namespace Platform.Load.Faults.Kinds;

/// <summary>Every silo, API and identity server is told to leave and started again, one after the other.</summary>
internal sealed class RollingRestart : IFault
{
    public string Name => "rolling-restart";

    public string What => "every silo, API and identity server leaves politely and comes back";

    // It lasts as long as it takes.
    public FaultTerms Terms { get; } = FaultTerms.Of(0, 0, 15) with { HidesEverything = true };

    public Task Begin(FaultSite site, CancellationToken cancellation) =>
        site.RestartInTurn(site.Stack.Silos.Concat(site.Stack.Apis).Concat(site.Stack.Identities), cancellation);

    public Task End(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;
}
