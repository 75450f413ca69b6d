using System.Security.Cryptography.X509Certificates;
using k8s.Models;
using Npgsql;
using Platform.Hosting.Cluster;
using Platform.Local.Kubernetes;
using Xunit;

namespace Platform.Tests.Manifests;

/// <summary>What the job of a try-out makes is what the manifests need, and nothing that is there is changed.</summary>
public sealed class ProvinceSecretsTests(Kustomizer kustomizer) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-");
    private readonly FakeStore _store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_fills_exactly_the_Secrets_that_its_account_may_change_with_the_keys_that_the_runbook_names()
    {
        await Fill();

        var local = kustomizer.Read("local");
        var made = _store.Data.ToDictionary(secret => secret.Key, secret => secret.Value.Keys.Order());
        var documented = Runbook.Secrets();
        Assert.Equal(local.One<V1Role>("secrets").Rules.Single().ResourceNames.Order(), made.Keys.Order());
        Assert.Equal(local.All<V1Secret>().Select(secret => secret.Metadata.Name).Order(), made.Keys.Append("province").Order());
        Assert.DoesNotContain(local.All<V1Secret>(), secret => secret.Data is not null || secret.StringData is not null);
        Assert.All(
            made.Where(secret => secret.Key is not ("portal-key-ring" or "sector-systems")),
            secret => Assert.Equal(documented[secret.Key].Order(), secret.Value));
        Assert.All(local.All<V1Role>().SelectMany(role => role.Rules), rule => Assert.Equal(["get", "patch"], rule.Verbs));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await Fill();
        var before = _store.Data.ToDictionary(secret => secret.Key, secret => string.Join('\n', secret.Value.Values));

        await Fill();

        Assert.All(before, secret => Assert.Equal(secret.Value, string.Join('\n', _store.Data[secret.Key].Values)));
    }

    [Fact]
    public async Task A_set_of_certificates_that_is_not_whole_is_made_anew_and_the_passwords_stay()
    {
        await Fill();
        var (password, authority) = (_store.Data["citizens-database-password"]["password"], _store.Data["silo-cluster-tls"]["ca.crt"]);
        _store.Data["api-cluster-tls"].Clear();
        _store.Data["portal-tls"].Clear();

        await Fill();

        Assert.NotEqual(authority, _store.Data["silo-cluster-tls"]["ca.crt"]);
        Assert.Single(_store.Data.Where(secret => secret.Key.EndsWith("-cluster-tls", StringComparison.Ordinal)).Select(secret => secret.Value["ca.crt"]).Distinct());
        Assert.Equal(password, _store.Data["citizens-database-password"]["password"]);
        Assert.Equal(password, new NpgsqlConnectionStringBuilder(_store.Data["citizens-database"]["connection"]).Password);
    }

    [Theory]
    [InlineData("silo-cluster-tls", true)]
    [InlineData("api-cluster-tls", false)]
    [InlineData("identity-cluster-tls", false)]
    [InlineData("province-cluster-tls", false)]
    public async Task A_certificate_of_the_cluster_is_for_what_its_holder_does_and_for_no_more(string secret, bool serves)
    {
        await Fill();
        var tls = new ClusterTlsOptions { CertificateFile = Mount(secret, "tls.crt"), KeyFile = Mount(secret, "tls.key"), AuthorityFile = Mount(secret, "ca.crt") };

        Assert.Null(tls.Finding(serves));
        Assert.NotNull(tls.Finding(!serves));
    }

    [Theory]
    [InlineData("identity-tls", "identity.platform.svc", "api.platform.svc")]
    [InlineData("citizens-database-tls", "citizens-database", "identity-database")]
    public async Task A_server_is_known_by_its_own_name_only(string secret, string name, string another)
    {
        await Fill();
        using var certificate = X509Certificate2.CreateFromPem(_store.Data[secret]["tls.crt"]);

        Assert.True(certificate.MatchesHostname(name));
        Assert.False(certificate.MatchesHostname(another));
    }

    private Task Fill() => new ProvinceSecrets(_store, TimeProvider.System).Fill(Ct);

    private string Mount(string secret, string key)
    {
        var file = Path.Combine(_folder.FullName, $"{secret}-{key}");
        File.WriteAllText(file, _store.Data[secret][key]);
        return file;
    }

    private sealed class FakeStore : ISecretStore
    {
        public Dictionary<string, Dictionary<string, string>> Data { get; } = [];

        public string Namespace => "platform";

        public Task<IReadOnlyDictionary<string, string>> Read(string name, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(Of(name));

        public Task Add(string name, IReadOnlyDictionary<string, string> data, CancellationToken cancellation)
        {
            foreach (var (key, value) in data)
            {
                Of(name)[key] = value;
            }

            return Task.CompletedTask;
        }

        private Dictionary<string, string> Of(string name) => Data.TryGetValue(name, out var known) ? known : Data[name] = [];
    }
}
