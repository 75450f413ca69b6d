using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>Two identity servers on PostgreSQL behind one address, while people log in at sites again and again. One who is asked to come back in some seconds does so, once.</summary>
public sealed class RollingRestartTests(PostgresServer server)
{
    private const int People = 3;

    // Who logs in again at once would measure the machine, and leave nothing of it to the other tests.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_login_fails_while_the_signing_key_changes_and_every_instance_is_replaced()
    {
        var database = await server.CreateDatabase();
        var (port, basePort) = (ProvinceProcess.FreeBasePort(), ProvinceProcess.FreeBasePort());
        var issuer = $"http://localhost:{port}/";
        var data = ProvinceProcess.NewData();
        var settings = new Dictionary<string, string>
        {
            ["Identity__Issuer"] = issuer,
            // Several nodes have no folder in common: what protects keys and cookies is a certificate, and the ring is in the database.
            ["Identity__KeyRingDirectory"] = "",
            ["Identity__KeyRingCertificate"] = await RingCertificate(data),
            // All people and sites are at one address here.
            ["Identity__PageRequestsPerMinute"] = "1000000",
            ["Identity__TokenRequestsPerMinute"] = "1000000",
            // The shortest that the server accepts.
            ["Identity__Keys__JwksCacheLifetime"] = "00:01:00",
            ["Identity__Keys__PublishAhead"] = "00:01:02",
            ["Identity__Keys__RotateEvery"] = "00:02:04",
            ["Identity__Keys__RefreshEvery"] = "00:00:01",
        };
        await using var province = await ProvinceProcess.Start(data, basePort, database: database, citizens: 60, settings: settings);
        var shared = new Dictionary<string, string>(province.Settings().Concat(settings).GroupBy(one => one.Key).Select(same => same.Last())) { ["Identity__Database"] = database };
        await using var balancer = await Balancer.Start(port);
        var instances = new List<(string Address, ProvinceProcess Process)>();
        try
        {
            for (var instance = 0; instance < 2; instance++)
            {
                instances.Add(await Join(balancer, shared));
            }

            var (code, output) = await ProvinceProcess.Run("Platform.Identity", shared, "", "keys", "rotate");
            Assert.True(code == 0, output);
            await using var one = await WebRelyingParty.Start(province, "site-one", issuer, Ct, shared);
            await using var two = await WebRelyingParty.Start(province, "site-two", issuer, Ct, shared);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var failures = new ConcurrentBag<string>();
            var people = Enumerable.Range(0, People).Select(person => Live(province, person, [one, two], failures, enough.Token)).ToArray();

            foreach (var (address, process) in instances.ToArray())
            {
                // As in the cluster: first nobody is sent there any more, then it is told to stop.
                balancer.Remove(address);
                await process.Interrupt();
                Assert.Equal(0, process.ExitCode);
                instances.Add(await Join(balancer, shared));
            }

            await Task.WhenAll(one.SawNextKey.Task, two.SawNextKey.Task).WaitAsync(Patience, Ct);
            await enough.CancelAsync();
            var logins = (await Task.WhenAll(people)).Sum();

            Assert.True(failures.IsEmpty, string.Join("\n", failures));
            Assert.True(logins > People * 4, $"Only {logins} logins.");
        }
        finally
        {
            foreach (var (_, process) in instances)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task<string> RingCertificate(string data)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var file = Path.Combine(Directory.CreateDirectory(data).FullName, "ring.pem");
        await File.WriteAllTextAsync(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", Ct);
        return file;
    }

    private static async Task<(string Address, ProvinceProcess Process)> Join(Balancer balancer, Dictionary<string, string> shared)
    {
        var address = $"http://127.0.0.1:{ProvinceProcess.FreeBasePort()}";
        var process = await ProvinceProcess.Serve("Platform.Identity", new(shared) { ["Urls"] = address });
        balancer.Add(address);
        return (address, process);
    }

    /// <summary>Logs in, refreshes and logs out again and again; gives how often.</summary>
    private static async Task<int> Live(ProvinceProcess province, int person, WebRelyingParty[] sites, ConcurrentBag<string> failures, CancellationToken enough)
    {
        var logins = 0;
        for (; !enough.IsCancellationRequested; logins++)
        {
            var site = sites[logins % sites.Length];
            try
            {
                using var browser = new PersonBrowser(province, person);
                await browser.Open(site.Address + "me", site.Address + "me", Ct);
                await browser.Look(site.Address + "refresh", Ct);
                Assert.Equal("200", browser.Page);
                await browser.Look(site.Address + "logout", Ct);
                Assert.Equal("bye", browser.Page);
            }
            catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or Xunit.Sdk.XunitException)
            {
                failures.Add(failure.Message);
            }

            await Task.Delay(Rest, TimeProvider.System, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return logins;
    }
}
