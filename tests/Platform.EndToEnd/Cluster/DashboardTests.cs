using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd.Cluster;

/// <summary>The dashboard of Orleans: seen at a silo's own address only, and nothing in it names anybody or shows a record.</summary>
public sealed partial class DashboardTests(WatchedCluster watched) : IClassFixture<WatchedCluster>, IDisposable
{
    private const int MostLooks = 200;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Operators_see_silos_and_kinds_of_grains_and_calls_and_no_grain_of_its_own()
    {
        var page = await Read("index.html");
        Assert.Contains("index.min.js", page, StringComparison.Ordinal);
        Assert.Contains("{", await Read("index.min.js"), StringComparison.Ordinal);

        // Calls are measured while somebody looks, and figures come to the dashboard's grain once a second.
        using var lives = watched.Begin();
        var calls = "";
        for (var looks = 0; looks < MostLooks && !calls.Contains("Disclose", StringComparison.Ordinal); looks++)
        {
            await lives.Until(1);
            calls = await Read("TopGrainMethods");
        }

        await lives.End();
        Assert.Empty(lives.Failures);
        var counters = await Read("DashboardCounters");
        using var told = JsonDocument.Parse(counters);
        Assert.Equal(2, told.RootElement.GetProperty("hosts").GetArrayLength());
        var hosts = told.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("siloAddress").GetString()!).ToArray();
        string[] answers =
        [
            calls, counters, await Read("ClusterStats"), await Read("LifecycleStages"), await Read("version"),
            .. await Task.WhenAll(hosts.SelectMany(host => new[] { $"SiloStats/{host}", $"SiloProperties/{host}", $"SiloCounters/{host}", $"HistoricalStats/{host}" }).Select(Read)),
            await Read("GrainStats/Platform.Silo.Citizens.CitizenGrain"),
        ];

        Assert.Contains("Disclose", answers[^1], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.DoesNotMatch(TwelveDigits(), answer));
        Assert.All(answers, answer => Assert.DoesNotContain(watched.Cluster.People, person => answer.Contains(person.Reveal(), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GrainState?grainId=@&grainType=Platform.Silo.Citizens.CitizenGrain")]
    [InlineData("grainstate?grainId=@&grainType=Platform.Silo.Citizens.CitizenGrain")]
    [InlineData("/GrainState?grainId=@&grainType=Platform.Silo.Citizens.CitizenGrain")]
    [InlineData("%47rainState?grainId=@&grainType=Platform.Silo.Citizens.CitizenGrain")]
    [InlineData("GrainTypes")]
    [InlineData("Reminders")]
    [InlineData("Reminders/1")]
    [InlineData("Trace")]
    public async Task What_would_show_a_grain_of_its_own_is_shut(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Answer(path.Replace("@", watched.Cluster.People[0].Reveal(), StringComparison.Ordinal))).Status);

    [Fact]
    public async Task Nobody_gets_to_it_through_another_port_from_another_address_or_under_another_name()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Answer("ClusterStats", port: watched.Cluster.Http(0))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Answer("ClusterStats", port: watched.Cluster.Http(0), name: $"127.0.0.1:{watched.Port}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Answer("ClusterStats", name: "stranger.example")).Status);

        var elsewhere = Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        using var socket = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(elsewhere ?? IPAddress.Parse("127.0.0.2"), watched.Port, Ct).AsTask());
    }

    private async Task<string> Read(string path)
    {
        var (status, text) = await Answer(path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status}");
        return text;
    }

    private async Task<(HttpStatusCode Status, string Text)> Answer(string path, int? port = null, string? name = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port ?? watched.Port}/{path}");
        message.Headers.Host = name;
        using var answer = await _http.SendAsync(message, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    [GeneratedRegex("(?<![0-9.])0[0-9]{11}(?![0-9.])")]
    private static partial Regex TwelveDigits();
}

/// <summary>Two silos with dashboards, and an API.</summary>
public sealed class WatchedCluster(PostgresServer server) : IAsyncLifetime
{
    private const string Setting = "Dashboard__Port";
    private readonly PeopleIssuer _issuer = new();

    /// <summary>The dashboard's port at the first silo.</summary>
    public int Port { get; } = FreePorts.Next();

    internal Cluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        Cluster = await Cluster.Create(server, _issuer);
        await Cluster.StartSilo(0, (Setting, $"{Port}"));
        await Cluster.StartSilo(1, (Setting, $"{FreePorts.Next()}"));
        await Cluster.StartApi();
    }

    /// <summary>Lets some citizens live.</summary>
    internal Lived Begin() => new([.. Cluster.People.Take(4).Select(person => new CitizenLife(Cluster, _issuer, person))]);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _issuer.DisposeAsync();
    }
}
