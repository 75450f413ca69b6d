using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Platform.Tests.Api;
using Platform.Tests.Manifests;
using Platform.Tests.Manifests.Checks;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>The overlay k8s/overlays/local as it is rendered, with images that are built here, in containers. Built and started once, for the first test that needs it.</summary>
public sealed partial class ImagesProvince(Kustomizer kustomizer) : IAsyncDisposable
{
    private const string Citizens = "--citizens";
    private const string Fewer = "120";

    // Two of what a test takes one away from, or what stands before those; the autoscalers would start two of everything.
    private static readonly string[] Pairs = ["silo", "api"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("images-");
    private Task? _up;

    internal DockerCluster Cluster { get; private set; } = null!;

    internal Overlay Overlay { get; private set; } = null!;

    /// <summary>What was measured when everything was up for the first time.</summary>
    public string Figures { get; private set; } = "";

    /// <summary>Builds and starts everything; skips the test where there is no Docker.</summary>
    public Task Up() => _up ??= Start();

    /// <summary>Programs that have ended of themselves, once everything was started.</summary>
    internal async Task<IReadOnlyList<string>> Lost() => Cluster is null ? [] : await Cluster.Lost();

    /// <summary>Sector systems as they are outside the cluster: with the addresses and keys that the runbook gets out of it, and the authority that they trust.</summary>
    public ProvinceClient Client()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_folder.FullName, "keys")).FullName;
        foreach (var (name, key) in Cluster.Api.Read("sector-systems"))
        {
            File.WriteAllText(Path.Combine(keys, name), key);
        }

        return new ProvinceClient(JsonDocument.Parse(KeyFiles().Replace(Cluster.Api.Read("province")["province.json"], $"\"{keys}/")), Way());
    }

    /// <summary>A way to the Services from outside; certificates count by the names in addresses, and only those of the overlay's own authority.</summary>
    public HttpMessageHandler Way()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPem(Cluster.Api.Read("portal-tls")["ca.crt"]);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            ConnectCallback = async (context, cancellation) =>
                new NetworkStream(await Cluster.Dial(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation), ownsSocket: true),
        };
    }

    /// <summary>Asks the citizens' database, with the rights that the silos have.</summary>
    public Task<long> Count(string query, params NpgsqlParameter[] parameters) => Count(query, Cluster.Api.Read("citizens-database")["connection"], parameters);

    /// <summary>Whether a connection string opens the citizens' database.</summary>
    public async Task<bool> Opens(string connection)
    {
        try
        {
            return await Count("SELECT 1::bigint", connection) == 1;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
    }

    /// <summary>Runs a statement at the citizens' database as its operator does, inside its pod.</summary>
    public async Task Execute(string statement)
    {
        var (exit, output) = await Cluster.Pods("citizens-database").Single().Execute(
            "psql", "--host", "/var/run/postgresql", "--username", "province", "--dbname", "province", "--set", "ON_ERROR_STOP=1", "--command", statement);
        Assert.True(exit == 0, Docker.Shown(output));
    }

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<long> Count(string query, string connection, params NpgsqlParameter[] parameters)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            Host = $"{Cluster.Pods("citizens-database").Single().Address}",
            SslMode = SslMode.VerifyCA,
            RootCertificate = null,
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseRootCertificate(X509Certificate2.CreateFromPem(Cluster.Api.Read("citizens-database")["ca.crt"]));
        await using var database = builder.Build();
        await using var command = database.CreateCommand(query);
        command.Parameters.AddRange(parameters);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task Start()
    {
        await Docker.Require();
        Overlay = kustomizer.Read("local");
        var arguments = Overlay.Program("province").Container.Args;
        arguments[arguments.IndexOf(Citizens) + 1] = Fewer;
        foreach (var dockerfile in ImageCheck.Dockerfiles)
        {
            await Docker.Run("build", "--file", Repository.File(dockerfile), "--tag", ImageCheck.Built(dockerfile), Repository.File("."));
        }

        Cluster = await DockerCluster.Start(Overlay);

        // All at once, as they are applied: what needs another waits for it.
        var pods = Overlay.Workloads.SelectMany(workload => Enumerable.Repeat(workload.Name, Pairs.Contains(workload.Name) ? 2 : 1));
        await foreach (var up in Task.WhenEach(pods.Select(Cluster.Run)))
        {
            await up;
        }

        Figures = await Cluster.Figures();
    }

    [GeneratedRegex("\"/tmp/[^\"]*/keys/")]
    private static partial Regex KeyFiles();
}
