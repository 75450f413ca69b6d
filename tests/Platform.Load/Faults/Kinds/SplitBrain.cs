namespace Platform.Load.Faults.Kinds;

/// <summary>
/// Two silos in two clusters over one database, each with an API of its own: every citizen has two activations all the time, which know nothing of each
/// other but what the ledger tells them.
/// </summary>
internal sealed class SplitBrain : IFault
{
    private const string Cluster = "Cluster__ClusterId";

    public string Name => "split-brain";

    public string What => "two clusters over one database, an API on each";

    public FaultTerms Terms { get; } = FaultTerms.Of(45, 15, 30);

    public async Task Prepare(FaultSite site, CancellationToken cancellation)
    {
        Settle(site, number => $"part-{number}");
        for (var number = 0; number < site.Stack.Apis.Count; number++)
        {
            var settings = site.Stack.Apis[number].Settings;
            Gateways(site, settings, [number]);
            settings[Cluster] = $"part-{number}";
        }

        foreach (var identity in site.Stack.Identities)
        {
            Gateways(site, identity.Settings, [0]);
            identity.Settings[Cluster] = "part-0";
        }

        await Anew(site, cancellation);
    }

    // It is all in how the processes were started.
    public Task Begin(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    public Task End(FaultSite site, CancellationToken cancellation) => Task.CompletedTask;

    public Task Restore(FaultSite site, CancellationToken cancellation)
    {
        Settle(site, null);
        foreach (var client in site.Stack.Apis.Concat(site.Stack.Identities))
        {
            client.Settings.Remove(Cluster);
            Gateways(site, client.Settings, [.. Enumerable.Range(0, site.Stack.Silos.Count)]);
        }

        return Anew(site, cancellation);
    }

    private static void Settle(FaultSite site, Func<int, string>? cluster)
    {
        foreach (var (number, silo) in site.Stack.Silos.Index())
        {
            if (cluster is null)
            {
                silo.Settings.Remove(Cluster);
            }
            else
            {
                silo.Settings[Cluster] = cluster(number);
            }
        }
    }

    private static void Gateways(FaultSite site, Dictionary<string, string> settings, int[] silos)
    {
        foreach (var old in settings.Keys.Where(name => name.StartsWith("Cluster__Gateways__", StringComparison.Ordinal)).ToArray())
        {
            settings.Remove(old);
        }

        foreach (var (place, silo) in silos.Index())
        {
            var address = site.Stack.SiloAddresses[silo];
            settings[$"Cluster__Gateways__{place}"] = $"{address.Address}:{address.Gateway}";
        }
    }

    private static async Task Anew(FaultSite site, CancellationToken cancellation)
    {
        var all = site.Stack.Apis.Concat(site.Stack.Identities).Concat(site.Stack.Silos).ToArray();
        foreach (var process in all)
        {
            site.Supervisor.Hold(process);
        }

        await site.Stack.Leave(cancellation);
        await Task.WhenAll(site.Stack.Silos.Select(silo => silo.Start(cancellation)));
        await Task.WhenAll(site.Stack.Apis.Concat(site.Stack.Identities).Select(process => process.Start(cancellation)));
        foreach (var process in all)
        {
            site.Supervisor.Release(process);
        }
    }
}
