using System.Globalization;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Synthetic;
using Platform.Tests.Hosting.Cluster;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>Silos and APIs as an operator starts them: processes of their own on one PostgreSQL database, with certificates between them.</summary>
internal sealed class Cluster(string database, PeopleIssuer issuer, IReadOnlyList<PersonalId> people) : IAsyncDisposable
{
    private const int Citizens = 40;
    private readonly List<ProvinceProcess> _started = [];
    private readonly List<(int Silo, int Gateway, int Http)> _silos = [];

    public ClusterFiles Files { get; } = new();

    public IReadOnlyList<PersonalId> People { get; } = people;

    /// <summary>The addresses of the APIs.</summary>
    public List<string> Apis { get; } = [];

    public static async Task<Cluster> Create(PostgresServer server, PeopleIssuer issuer)
    {
        var database = await server.CreateDatabase();
        var rows = SyntheticProvince.Generate(new SyntheticOptions { Citizens = Citizens, Seed = 468, AsOf = new DateOnly(2026, 3, 2) }).ToArray();
        var file = Path.Combine(ProvinceProcess.Folder, $"{Guid.NewGuid():N}.ndjson");
        await File.WriteAllLinesAsync(file, rows.Select(row => DomainJson.Write(row)), TestContext.Current.CancellationToken);
        var (exit, output) = await ProvinceProcess.Run("Platform.Silo", "import", file, "--database", database);
        Assert.True(exit == 0, output);
        return new(database, issuer, [.. rows.Select(row => row.Record).Where(record => record.Status == CitizenStatus.Active && record.Consents.IsEmpty).Select(record => record.PersonalId)]);
    }

    /// <summary>Starts silo number <paramref name="number"/>, again at the same address if it has been there before.</summary>
    public async Task<ProvinceProcess> StartSilo(int number, params (string Name, string Value)[] more)
    {
        if (number == _silos.Count)
        {
            var first = FreePorts.Block(3);
            _silos.Add((first, first + 1, first + 2));
        }

        var settings = SiloSettings(number);
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return Keep(await ProvinceProcess.Serve("Platform.Silo", settings));
    }

    public async Task StartApi()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}/");
        var settings = new Dictionary<string, string>(Certificate(ClusterFiles.ToCall))
        {
            ["Urls"] = address,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["Api__TrustedIssuers__0__Issuer"] = issuer.Address,
            ["Api__TrustedIssuers__0__Kinds__0"] = "system",
            ["Api__TrustedIssuers__0__Kinds__1"] = "person",
            ["Api__TrustedIssuers__0__LiveSessions"] = "false",
            ["Api__Limits__PersonBurst"] = "1000000",
            ["Api__Limits__SystemBurst"] = "1000000",
        };
        foreach (var (index, silo) in _silos.Index())
        {
            settings[$"Cluster__Gateways__{index}"] = $"127.0.0.1:{silo.Gateway}";
        }

        Keep(await ProvinceProcess.Serve("Platform.Api", settings));
        Apis.Add(address);
    }

    public (int Silo, int Gateway) Ports(int number) => (_silos[number].Silo, _silos[number].Gateway);

    /// <summary>The port of a silo's health.</summary>
    public int Http(int number) => _silos[number].Http;

    /// <summary>Ends all processes politely and looks over every ledger.</summary>
    public async Task StopAndVerify()
    {
        foreach (var process in Enumerable.Reverse(_started).Where(process => !process.HasExited))
        {
            await process.Interrupt();
        }

        var (exit, output) = await ProvinceProcess.Run("Platform.Silo", "verify-ledger", "--database", database);
        Assert.True(exit == 0, output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            await process.DisposeAsync();
        }

        Files.Dispose();
    }

    private Dictionary<string, string> SiloSettings(int number) => new(Certificate(ClusterFiles.ToServe, ClusterFiles.ToCall))
    {
        ["Database"] = database,
        ["Cluster__SiloPort"] = $"{_silos[number].Silo}",
        ["Cluster__GatewayPort"] = $"{_silos[number].Gateway}",
        ["Urls"] = $"http://127.0.0.1:{_silos[number].Http}",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    };

    private Dictionary<string, string> Certificate(params string[] usages) => new()
    {
        ["Cluster__Tls__CertificateFile"] = Files.Issue(usages),
        ["Cluster__Tls__AuthorityFile"] = Files.AuthorityFile,
    };

    private ProvinceProcess Keep(ProvinceProcess process)
    {
        _started.Add(process);
        return process;
    }
}
