using System.Diagnostics;
using System.Globalization;
using Platform.Load.Stack;

namespace Platform.Load.Faults.Ground;

/// <summary>
/// Network and mounts of this run's own: the program starts itself again in namespaces that vanish with it, so that nothing which a fault does can
/// reach or outlive the rest of the machine. In there every silo has a network of its own on a bridge, and the database a disk of its own.
/// </summary>
internal sealed class Laboratory : IPlaces, IAsyncDisposable
{
    private const string Inside = "PLATFORM_LOAD_LABORATORY";
    private const string Subnet = "10.77.0.";
    private const string Bridge = "lab0";
    private static readonly string[] Tools = ["unshare", "nsenter", "setpriv", "ip", "nft", "mkfs.ext4", "mount", "fallocate"];
    private static readonly string[] Namespaces = ["--net", "--mount", "--propagation", "private", "--"];
    private readonly List<Process> _networks = [];

    public static bool IsInside => Environment.GetEnvironmentVariable(Inside) == "1";

    public string Database => Subnet + "1";

    public IReadOnlyList<string> AroundDatabase => [];

    /// <summary>The disk of the database.</summary>
    public Disk Disk { get; private set; } = null!;

    /// <summary>What this machine lacks, or null.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "Faults need Linux and root: they cut networks, fill disks and stop clocks, in namespaces of their own.";
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Append("/sbin").ToArray();
        var missing = Tools.Where(tool => !path.Any(folder => File.Exists(Path.Combine(folder, tool)))).ToArray();
        return missing.Length == 0 ? null : $"Install what has these programs: {string.Join(", ", missing)} (packages util-linux, iproute2, nftables, e2fsprogs).";
    }

    /// <summary>Whether namespaces can be made at all; if not, why.</summary>
    public static async Task<string?> Refused(CancellationToken cancellation)
    {
        var (exit, output) = await Launcher.TryRun(["unshare", .. Namespaces], ["true"], "/", cancellation: cancellation);
        return exit == 0 ? null : $"Networks and mounts of its own cannot be made here ({output}): run it as root where that is allowed, not in a restricted container.";
    }

    /// <summary>Runs this program again with the same arguments inside, and gives its exit code.</summary>
    public static async Task<int> Enter(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string[] words =
        [
            .. Namespaces, "setpriv", "--pdeathsig", "KILL", "--",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Platform.Load.dll"), .. arguments,
        ];
        var start = new ProcessStartInfo("unshare", words);
        start.Environment[Inside] = "1";
        using var inside = await Launcher.StartPlain(start);
        try
        {
            await inside.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // It leaves politely; a terminal has told it already, and twice does no harm.
            await Launcher.TryRun([], ["kill", "-TERM", inside.Id.ToString(CultureInfo.InvariantCulture)], "/", cancellation: CancellationToken.None);
            await inside.WaitForExitAsync(CancellationToken.None);
        }

        return inside.ExitCode;
    }

    public static async Task<Laboratory> Create(int silos, CancellationToken cancellation)
    {
        var laboratory = new Laboratory();
        await Ip(cancellation, "link", "set", "lo", "up");
        await Ip(cancellation, "link", "add", Bridge, "type", "bridge");
        await Ip(cancellation, "addr", "add", laboratory.Database + "/24", "dev", Bridge);
        await Ip(cancellation, "link", "set", Bridge, "up");
        for (var silo = 0; silo < silos; silo++)
        {
            await laboratory.Connect(silo, cancellation);
        }

        return laboratory;
    }

    public string Silo(int number) => string.Create(CultureInfo.InvariantCulture, $"{Subnet}{11 + number}");

    public IReadOnlyList<string> AroundSilo(int number) => ["nsenter", "-t", _networks[number].Id.ToString(CultureInfo.InvariantCulture), "-n", "--"];

    public async Task<string> DatabaseFolder(string data, CancellationToken cancellation)
    {
        Disk = await Disk.Mount(Path.Combine(data, "disk"), cancellation);
        return Disk.Folder;
    }

    public async Task LeaveFolder()
    {
        if (Disk is not null)
        {
            await Disk.Leave();
        }
    }

    /// <summary>Lets no packet pass any more between a silo and another address; both sides just hear nothing.</summary>
    public Task Cut(int silo, string other, int? port, CancellationToken cancellation)
    {
        var (to, from) = port is { } one ? ($"tcp dport {one} ", $"tcp sport {one} ") : ("", "");
        return Launcher.Run(
            AroundSilo(silo),
            [
                "nft",
                "add table ip cut; add chain ip cut in { type filter hook input priority 0; }; add chain ip cut out { type filter hook output priority 0; }; "
                + $"add rule ip cut out ip daddr {other} {to}drop; add rule ip cut in ip saddr {other} {from}drop",
            ],
            "/", cancellation: cancellation);
    }

    /// <summary>Takes all cuts of a silo away.</summary>
    public Task Heal(int silo, CancellationToken cancellation) => Launcher.Run(AroundSilo(silo), ["nft", "delete table ip cut"], "/", cancellation: cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var network in _networks)
        {
            network.Kill();
            await network.WaitForExitAsync();
            network.Dispose();
        }
    }

    // A process that does nothing but be there holds the namespace for the silo's next start.
    private async Task Connect(int silo, CancellationToken cancellation)
    {
        var network = await Launcher.Start(["unshare", "--net", "--"], ["sleep", "infinity"], new Dictionary<string, string>(), "/");
        _networks.Add(network);
        await Apart(network.Id, cancellation);
        var id = network.Id.ToString(CultureInfo.InvariantCulture);
        var end = string.Create(CultureInfo.InvariantCulture, $"lab0s{silo}");
        await Ip(cancellation, "link", "add", end, "type", "veth", "peer", "name", "eth0", "netns", id);
        await Ip(cancellation, "link", "set", end, "master", Bridge, "up");
        foreach (var words in new string[][] { ["link", "set", "lo", "up"], ["addr", "add", Silo(silo) + "/24", "dev", "eth0"], ["link", "set", "eth0", "up"] })
        {
            await Launcher.Run(AroundSilo(silo), ["ip", .. words], "/", cancellation: cancellation);
        }
    }

    // Before that it stands in this program's own network.
    private static async Task Apart(int process, CancellationToken cancellation)
    {
        string? Network(string id) => new FileInfo($"/proc/{id}/ns/net").LinkTarget;
        while (Network(process.ToString(CultureInfo.InvariantCulture)) == Network("self"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }

    private static Task<string> Ip(CancellationToken cancellation, params string[] words) => Launcher.Run([], ["ip", .. words], "/", cancellation: cancellation);
}
