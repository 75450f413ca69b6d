using Platform.Load.Stack;

namespace Platform.Load.Faults.Kinds;

/// <summary>A stack of an older version gets this one's schema and then this one, process by process, goes back to the older one on the newer schema, and gets this one again.</summary>
internal sealed class Upgrade(string older) : IFault
{
    public string Name => "upgrade";

    public string What => "an older version is upgraded, rolled back and upgraded again";

    // It lasts as long as it takes.
    public FaultTerms Terms { get; } = FaultTerms.Of(0, 0, 15) with { HidesEverything = true };

    public async Task Begin(FaultSite site, CancellationToken cancellation)
    {
        await site.Stack.Migrate(cancellation);

        // Whoever is asked has to understand more than those who ask: silos first, and last on the way back.
        StackProcess[] forward = [.. site.Stack.Silos, .. site.Stack.Identities, .. site.Stack.Apis];
        await Take(site, forward, repository: null, cancellation);
        await Take(site, forward.Reverse(), older, cancellation);
        await Take(site, forward, repository: null, cancellation);
    }

    public Task End(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    private static async Task Take(FaultSite site, IEnumerable<StackProcess> processes, string? repository, CancellationToken cancellation)
    {
        foreach (var process in processes)
        {
            process.Repository = repository;
            await site.RestartInTurn([process], cancellation);
        }
    }
}
