using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.Cluster;
using Platform.Tests.Hosting.Cluster;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>Two silos and two APIs on PostgreSQL: what happens when a silo leaves, or is called by a stranger; what happens when one dies is in <see cref="FaultsTests"/>.</summary>
public sealed class SeveralSilosTests(PeopleIssuer issuer, PostgresServer server) : IClassFixture<PeopleIssuer>
{
    private const int Lives = 6;
    private const int Rounds = 4;

    private const byte TlsAlert = 21;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_that_leave_politely_one_after_the_other_fail_no_request()
    {
        await using var cluster = await Cluster.Create(server, issuer);
        ProvinceProcess[] silos = [await cluster.StartSilo(0), await cluster.StartSilo(1)];
        await cluster.StartApi();
        await cluster.StartApi();
        using var lives = Begin(cluster);
        foreach (var (number, silo) in silos.Index())
        {
            await lives.Until(Rounds);
            await silo.Interrupt();
            Assert.Equal(0, silo.ExitCode);
            await lives.Until(Rounds);
            await cluster.StartSilo(number);
        }

        await lives.Until(Rounds);
        await lives.End();

        Assert.Empty(lives.Failures);
        await cluster.StopAndVerify();
    }

    [Fact]
    public async Task Nobody_reaches_a_silo_without_a_certificate_of_the_cluster_for_what_it_does()
    {
        await using var cluster = await Cluster.Create(server, issuer);
        await cluster.StartSilo(0);
        var (silo, gateway) = cluster.Ports(0);
        using var others = new ClusterFiles();
        var client = cluster.Files.Issue([ClusterFiles.ToCall]);

        Assert.Equal(1, await SilosSeen(gateway, client, cluster.Files.AuthorityFile));
        Assert.False(await LetIn(gateway, null));
        Assert.False(await LetIn(silo, null));
        Assert.False(await LetIn(gateway, others.Issue([ClusterFiles.ToCall])));
        Assert.False(await LetIn(gateway, cluster.Files.Issue([ClusterFiles.ToServe])));
        Assert.False(await LetIn(gateway, cluster.Files.Issue([ClusterFiles.ToCall], fromDays: -3, toDays: -1)));
        Assert.False(await LetIn(silo, client));
        Assert.False(await LetInPlainly(gateway));
        Assert.False(await LetInPlainly(silo));
    }

    [Fact]
    public async Task The_authority_of_the_cluster_is_replaced_in_three_rounds_in_each_of_which_silos_of_both_kinds_are_one_cluster()
    {
        await using var cluster = await Cluster.Create(server, issuer);
        ProvinceProcess[] silos = [await cluster.StartSilo(0), await cluster.StartSilo(1)];
        var former = cluster.Files.Issue([ClusterFiles.ToCall]);

        cluster.Files.AnnounceAuthority();
        await Round([former]);

        cluster.Files.IssueFromNewAuthority();
        var next = cluster.Files.Issue([ClusterFiles.ToCall]);
        await Round([former, next]);

        cluster.Files.ForgetFormerAuthority();
        await Round([next]);
        Assert.False(await LetIn(cluster.Ports(0).Gateway, former));
        Assert.False(await LetIn(cluster.Ports(1).Gateway, former));

        // One silo after the other, and after each both are seen at both gateways by everybody who may see them.
        async Task Round(string[] clients)
        {
            for (var number = 0; number < silos.Length; number++)
            {
                await silos[number].Interrupt();
                silos[number] = await cluster.StartSilo(number);
                foreach (var client in clients)
                {
                    Assert.Equal(2, await SilosSeen(cluster.Ports(0).Gateway, client, cluster.Files.AuthorityFile));
                    Assert.Equal(2, await SilosSeen(cluster.Ports(1).Gateway, client, cluster.Files.AuthorityFile));
                }
            }
        }
    }

    [Theory]
    [InlineData("Cluster__Address", "10.9.8.7", "Set Cluster:Tls:CertificateFile")]
    [InlineData("Cluster__Tls__CertificateFile", "nowhere.pem", "together")]
    [InlineData("Cluster__GatewayPort", "0", "Set Cluster:GatewayPort")]
    [InlineData("Cluster__SiloPort", "here", "A setting of Cluster")]
    [InlineData("Dashboard__Port", "9465", "Set Urls")]
    public async Task A_silo_that_is_set_up_by_half_says_what_is_missing_and_does_not_start(string setting, string value, string sentence)
    {
        var (exit, output) = await ProvinceProcess.Run("Platform.Silo", new Dictionary<string, string> { ["Database"] = "Host=127.0.0.1;Port=1", [setting] = value }, "");

        Assert.Equal(78, exit);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    private Lived Begin(Cluster cluster) => new([.. cluster.People.Take(Lives).Select(person => new CitizenLife(cluster, issuer, person))]);

    private static async Task<int> SilosSeen(int gateway, string certificateFile, string authorityFile)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cluster:Gateways:0"] = $"localhost:{gateway}",
            ["Cluster:Tls:CertificateFile"] = certificateFile,
            ["Cluster:Tls:AuthorityFile"] = authorityFile,
        });
        builder.AddClusterClient();
        using var host = builder.Build();
        await host.StartAsync(Ct).WaitAsync(Patience, Ct);
        var silos = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, Ct);
        await host.StopAsync(Ct);
        return silos.Count;
    }

    // Whoever is not let in learns it from the next read: the connection is over. Whoever is let in would wait for an answer here.
    private static async Task<bool> LetIn(int port, string? certificateFile)
    {
        using var certificate = certificateFile is null ? null : X509Certificate2.CreateFromPemFile(certificateFile, certificateFile);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Ct);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "platform",
                    ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=platform",
                },
                Ct);
            return await tls.ReadAsync(new byte[16], Ct).AsTask().WaitAsync(Short, Ct) > 0;
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<bool> LetInPlainly(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Ct);
        try
        {
            await socket.GetStream().WriteAsync(new byte[64], Ct);
            var answer = new byte[16];
            var read = await socket.GetStream().ReadAsync(answer, Ct).AsTask().WaitAsync(Patience, Ct);

            // An alert of TLS is the only thing that is said.
            return read > 0 && answer[0] != TlsAlert;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
