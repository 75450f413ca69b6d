using Platform.Local;

namespace Platform.Load.Stack;

/// <summary>
/// The real thing as an operator runs it: PostgreSQL, silos, APIs and identity servers as processes of their own with certificates between them, and
/// synthetic citizens. Everything dies with this program.
/// </summary>
internal sealed class ProvinceStack : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-load-").FullName;
    private readonly StackOptions _options;
    private readonly StackAddresses _addresses;
    private readonly ClusterAuthority _authority;
    private readonly LocalOptions _files;

    private ProvinceStack(StackOptions options)
    {
        _options = options;
        _addresses = new StackAddresses(options);
        _authority = new ClusterAuthority(Path.Combine(_folder, "certificates"));
        _files = new LocalOptions(Path.Combine(_folder, "province"), options.Citizens, Ports.Block(4), Database: null);
        Directory.CreateDirectory(_files.Data);
        Sectors = new SectorTokens(Issuer, _addresses.Identities, system => SystemKeys.Read(SystemKeys.Path(_files, system)));
    }

    /// <summary>The APIs' base addresses, each ending in a slash.</summary>
    public IReadOnlyList<string> ApiAddresses => _addresses.Apis;

    /// <summary>The identity servers' own addresses, each ending in a slash.</summary>
    public IReadOnlyList<string> IdentityAddresses => _addresses.Identities;

    /// <summary>The issuer that all identity servers name: a balancer before them.</summary>
    public string Issuer => _addresses.Issuer;

    /// <summary>Where the silos listen.</summary>
    public IReadOnlyList<SiloAddress> SiloAddresses => _addresses.Silos;

    public List<StackProcess> Silos { get; } = [];

    public List<StackProcess> Apis { get; } = [];

    public List<StackProcess> Identities { get; } = [];

    /// <summary>The database server.</summary>
    public PostgresNode Postgres { get; private set; } = null!;

    /// <summary>The connection string of the silos' database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>Tokens of any citizen, and of sector systems without the identity server.</summary>
    public TestIssuer People { get; } = new();

    /// <summary>Tokens of sector systems from the identity servers.</summary>
    public SectorTokens Sectors { get; }

    /// <summary>All citizens, by index.</summary>
    public IReadOnlyList<StackCitizen> Citizens { get; private set; } = [];

    /// <summary>People with an e-ID of level 2, with what only its holder would know.</summary>
    public IReadOnlyList<DemoAccount> Accounts { get; private set; } = [];

    /// <summary>The data folder, laid out as that of the province in one process: <c>keys/SYSTEM.jwk</c>, <c>keys/portal.jwk</c>, <c>people.json</c>.</summary>
    public string Data => _files.Data;

    /// <summary>The redirect address with which the portal is registered.</summary>
    public string PortalCallback => _files.PortalCallback;

    /// <summary>Starts everything; on failure nothing is left behind.</summary>
    public static async Task<ProvinceStack> Start(StackOptions options, CancellationToken cancellation)
    {
        var stack = new ProvinceStack(options);
        try
        {
            await stack.Begin(cancellation);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks everything but the database to leave, the silos last; gives the names of those that did not end well.</summary>
    public async Task<IReadOnlyList<string>> Leave(CancellationToken cancellation)
    {
        var failed = new List<string>();
        foreach (var process in Apis.Concat(Identities).Concat(Silos).Where(process => process.IsRunning))
        {
            if (await process.Interrupt(cancellation) != 0)
            {
                failed.Add(process.Name);
            }
        }

        return failed;
    }

    /// <summary>Brings the silos' database to the schema of this version, whichever version the silos have.</summary>
    public Task Migrate(CancellationToken cancellation) =>
        Launcher.Run([], ["dotnet", Programs.File(Programs.Silo), "migrate", "--database", Database], _folder, cancellation: cancellation);

    /// <summary>Runs the silo's own <c>verify-ledger</c> over the database.</summary>
    public Task<(int ExitCode, string Output)> VerifyLedger(CancellationToken cancellation) => Launcher.TryRun(
        [], ["dotnet", Programs.File(Programs.Silo), "verify-ledger", "--database", Database], _folder, cancellation: cancellation);

    /// <summary>Keeps what the processes said in another folder.</summary>
    public void KeepLogs(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var log in Directory.GetFiles(_folder, "*.log"))
        {
            File.Copy(log, Path.Combine(folder, Path.GetFileName(log)), overwrite: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Apis.Concat(Identities).Concat(Silos))
        {
            await process.DisposeAsync();
        }

        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }

        Sectors.Dispose();
        await People.DisposeAsync();
        await _addresses.Balancer.DisposeAsync();
        _authority.Dispose();
        await _options.Places.LeaveFolder();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Begin(CancellationToken cancellation)
    {
        // The server's owner must be able to pass through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        }

        var places = _options.Places;
        Postgres = new PostgresNode(places.Database, await places.DatabaseFolder(_folder, cancellation), places.AroundDatabase, _options.Postgres);
        await Postgres.Create(cancellation);
        Database = await Postgres.CreateDatabase("province", cancellation);
        var settings = new StackSettings(_options, Database, await Postgres.CreateDatabase("identity", cancellation), _authority, _addresses, People.Address);
        var (citizens, adults) = await StackPeople.Import(_options, Database, _folder, cancellation);
        Citizens = citizens;

        Add(Silos, "silo", Programs.Silo, _options.Silos, settings.Silo, places.AroundSilo);
        Add(Identities, "identity", Programs.Identity, _options.Identities, number => settings.Identity(_addresses.Identities[number]), _ => []);
        Add(Apis, "api", Programs.Api, _options.Apis, settings.Api, _ => []);
        await People.Start(cancellation);
        _addresses.Balancer.Start();
        await Task.WhenAll(Silos.Select(silo => silo.Start(cancellation)));
        var apis = Apis.Select(api => api.Start(cancellation)).ToArray();
        Accounts = await StackPeople.Register(settings, _files, adults, cancellation);
        await Task.WhenAll([.. apis, .. Identities.Select(identity => identity.Start(cancellation))]);
    }

    private void Add(
        List<StackProcess> processes, string name, string program, int count, Func<int, Dictionary<string, string>> settings, Func<int, IReadOnlyList<string>> around)
    {
        for (var number = 0; number < count; number++)
        {
            var process = new StackProcess($"{name}-{number + 1}", program, _folder, around(number)) { Repository = _options.Older };
            foreach (var (setting, value) in settings(number))
            {
                process.Settings[setting] = value;
            }

            processes.Add(process);
        }
    }
}
