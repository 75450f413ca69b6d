namespace Platform.Load.Stack;

/// <summary>Where the programs of a stack listen.</summary>
internal sealed class StackAddresses
{
    public StackAddresses(StackOptions options)
    {
        Silos =
        [
            .. Enumerable.Range(0, options.Silos).Select(number =>
            {
                var first = Ports.Block(3);
                return new SiloAddress(options.Places.Silo(number), first, first + 1, first + 2);
            }),
        ];
        Apis = Http(options.Apis);
        Identities = Http(options.Identities);
        Balancer = new Balancer(Identities);
        Balancer.Listen();
    }

    public IReadOnlyList<SiloAddress> Silos { get; }

    public IReadOnlyList<string> Apis { get; }

    public IReadOnlyList<string> Identities { get; }

    /// <summary>What stands before the identity servers.</summary>
    public Balancer Balancer { get; }

    /// <summary>The public address of all identity servers.</summary>
    public string Issuer => Balancer.Address;

    private static string[] Http(int count) => [.. Enumerable.Range(0, count).Select(_ => $"http://127.0.0.1:{Ports.Block(1)}/")];
}

/// <summary>Where one silo listens.</summary>
internal sealed record SiloAddress(string Address, int Port, int Gateway, int Http);
