using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Domain.Sharing;
using Platform.Portal;

namespace Platform.Local.Kubernetes;

/// <summary>
/// Makes what must be secret in a try-out, inside the cluster, so that none of it is in a repository or on somebody's disk. What is there stays: a second run changes
/// nothing. Certificates come in sets of one authority and are made as a set.
/// </summary>
internal sealed class ProvinceSecrets(ISecretStore cluster, TimeProvider clock)
{
    public const string Systems = "sector-systems";
    private const int PasswordBytes = 24;

    /// <summary>Where the workloads find the authority of their database's certificate.</summary>
    private const string DatabaseAuthority = "/etc/platform/database/ca.crt";

    private static IEnumerable<string> Programs => ["api", "identity", "portal"];

    private static IEnumerable<string> Databases => ["citizens-database", "identity-database"];

    public async Task Fill(CancellationToken cancellation)
    {
        await FillOne("identity-key-ring", () => new() { ["ring.pem"] = KeyRing() }, cancellation);
        await FillOne("portal-key-ring", PortalRing, cancellation);
        await FillOne(Systems, SystemKeyFiles, cancellation);
        var keys = await cluster.Read(Systems, cancellation);
        string[] ofThePortal = [Registrations.Portal, Registrations.Counter, Registrations.CounterSystem];
        await FillOne("portal-clients", () => ofThePortal.Select(name => $"{name}.jwk").ToDictionary(name => name, name => keys[name]), cancellation);

        // Last, because every pod waits for its certificates: when it starts everything else is there.
        await FillSet(ClusterCertificates(), cancellation);
        foreach (var server in Databases)
        {
            await FillOne($"{server}-password", () => new() { ["password"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes)) }, cancellation);
        }

        await FillSet(await ServerCertificates(cancellation), cancellation);
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> ClusterCertificates()
    {
        using var authority = new Authority("cluster of the province", clock);
        return new()
        {
            ["silo-cluster-tls"] = authority.ForSilo(),
            ["api-cluster-tls"] = authority.ForClient("api"),
            ["identity-cluster-tls"] = authority.ForClient("identity"),
            ["province-cluster-tls"] = authority.ForClient("province"),
        };
    }

    private async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> ServerCertificates(CancellationToken cancellation)
    {
        using var authority = new Authority("servers of the province", clock);
        var secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var program in Programs)
        {
            secrets[$"{program}-tls"] = authority.ForServer(Names(program));
        }

        foreach (var server in Databases)
        {
            var password = (await cluster.Read($"{server}-password", cancellation))["password"];
            secrets[$"{server}-tls"] = authority.ForServer(Names(server));
            secrets[server] = new Dictionary<string, string>
            {
                ["connection"] = $"Host={server};Port=5432;Database=province;Username=province;Password={password};"
                    + $"SSL Mode=VerifyFull;Root Certificate={DatabaseAuthority}",
                ["ca.crt"] = authority.Certificate + "\n",
            };
        }

        return secrets;
    }

    private string[] Names(string service) => [service, $"{service}.{cluster.Namespace}", $"{service}.{cluster.Namespace}.svc", "localhost"];

    private string KeyRing()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddMinutes(-10), now.AddYears(1));
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private Dictionary<string, string> PortalRing() => InFolder(folder => KeyRingCommand.Make(folder, clock));

    private static Dictionary<string, string> SystemKeyFiles() => InFolder(folder =>
    {
        var options = new LocalOptions(folder, 0, 0, null);
        foreach (var name in RuleBook.Shipped.Systems.Select(system => system.Id).Append(Registrations.Portal).Append(Registrations.Counter))
        {
            SystemKeys.PublicKeys(options, name);
        }
    });

    private static Dictionary<string, string> InFolder(Action<string> make)
    {
        var folder = Directory.CreateTempSubdirectory("province-");
        try
        {
            make(folder.FullName);
            return folder.EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(file => file.Name, file => File.ReadAllText(file.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task FillOne(string name, Func<Dictionary<string, string>> make, CancellationToken cancellation)
    {
        if ((await cluster.Read(name, cancellation)).Count == 0)
        {
            await cluster.Add(name, make(), cancellation);
        }
    }

    // A set that was interrupted is made anew, for its authority is forgotten.
    private async Task FillSet(Dictionary<string, IReadOnlyDictionary<string, string>> secrets, CancellationToken cancellation)
    {
        foreach (var name in secrets.Keys)
        {
            if ((await cluster.Read(name, cancellation)).Count == 0)
            {
                await FillAll(secrets, cancellation);
                return;
            }
        }
    }

    private async Task FillAll(Dictionary<string, IReadOnlyDictionary<string, string>> secrets, CancellationToken cancellation)
    {
        foreach (var (name, data) in secrets)
        {
            await cluster.Add(name, data, cancellation);
        }
    }
}
