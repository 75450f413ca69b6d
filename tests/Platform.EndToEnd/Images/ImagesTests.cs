using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s.Models;
using Npgsql;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>Not beside the other tests: a dozen containers want the machine for themselves while they start.</summary>
[CollectionDefinition(nameof(ImagesTests), DisableParallelization = true)]
public sealed class ImagesAlone;

/// <summary>The images as they are deployed: built, and started together from the manifests of k8s/overlays/local.</summary>
[Collection(nameof(ImagesTests))]
public sealed class ImagesTests(ImagesProvince province) : IClassFixture<ImagesProvince>, IAsyncLifetime
{
    private const int Answers = 10;
    private static readonly string[] Jobs = ["secrets", "citizens-migration", "identity-migration", "province"];
    private static readonly string[] Told = ["seed.json", "story.json", "people.json"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await province.Up();

    // Whatever a test did, no program ends of itself: what a cluster would start again without a word is told here.
    public async ValueTask DisposeAsync()
    {
        var lost = await province.Lost();
        Assert.True(lost.Count == 0, string.Join('\n', lost));
    }

    [Fact]
    public async Task Everything_that_is_applied_at_once_is_ready_by_its_own_probes_and_nothing_was_started_twice()
    {
        Assert.All(province.Overlay.Workloads, workload => Assert.NotEmpty(province.Cluster.Pods(workload.Name)));
        Assert.All(
            province.Overlay.Workloads.SelectMany(workload => province.Cluster.Pods(workload.Name)),
            pod => Assert.Equal(pod.Workload.IsJob, pod.Ended.IsCompleted));
        Assert.All(province.Overlay.All<V1Deployment>().SelectMany(program => province.Cluster.Pods(program.Metadata.Name)), pod => Assert.True(pod.IsReady, pod.Name));
        TestContext.Current.TestOutputHelper!.WriteLine($"When all were up:\n{province.Figures}\nNow:\n{await province.Cluster.Figures()}");
    }

    [Fact]
    public async Task Every_sector_system_gets_a_token_for_its_key_and_a_permitted_disclosure()
    {
        using var client = province.Client();

        await ProvinceFlow.EverySystemGetsItsExample(client);
    }

    [Fact]
    public async Task The_portal_shows_its_front_page_and_sends_whoever_logs_in_to_the_identity_server()
    {
        using var document = JsonDocument.Parse(province.Cluster.Api.Read("province")["province.json"]);
        using var http = new HttpClient(province.Way()) { BaseAddress = new Uri(document.RootElement.GetProperty("portal").GetString()!) };

        using var page = await http.GetAsync(new Uri("", UriKind.Relative), Ct);
        using var login = await http.GetAsync(new Uri("login", UriKind.Relative), Ct);

        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("lang=\"vi\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.StartsWith(document.RootElement.GetProperty("identity").GetString()!, login.Headers.Location?.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("request_uri=", login.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_is_stopped_leaves_in_time_and_one_retry_hides_it()
    {
        using var client = province.Client();
        using var callers = new Callers(client);
        await callers.Begin();
        await callers.Until(Answers);
        var silo = province.Cluster.Pods("silo")[0];

        var began = Stopwatch.GetTimestamp();
        Assert.Equal(0, await silo.Leave());
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(silo.Workload.Pod.TerminationGracePeriodSeconds!.Value));

        await callers.Until(Answers);
        await Replace(silo);
        await callers.Until(Answers);
        await callers.End();
        Assert.Empty(callers.Failures);
    }

    [Fact]
    public async Task A_silo_that_is_killed_takes_nothing_with_it_that_was_acknowledged()
    {
        using var client = province.Client();
        using var callers = new Callers(client);
        await callers.Begin();
        await callers.Until(Answers);
        var silo = province.Cluster.Pods("silo")[0];

        await silo.Kill();
        await callers.Until(Answers);
        await callers.End();
        await Replace(silo);

        var acknowledged = callers.Recorded.ToArray();
        Assert.Equal(acknowledged.Length, await province.Count(
            "SELECT count(*) FROM ledger WHERE hash = ANY(@hashes)", new NpgsqlParameter<byte[][]>("hashes", acknowledged)));
        var (exit, output) = await province.Cluster.Pods("silo")[0].Execute("dotnet", "Platform.Silo.dll", "verify-ledger");
        Assert.True(exit == 0, Docker.Shown(output));
        Assert.Contains("all as written", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_database_is_changed_without_a_break()
    {
        using var client = province.Client();
        using var callers = new Callers(client);
        await callers.Begin();
        await callers.Until(Answers);
        var former = province.Cluster.Api.Read("citizens-database")["connection"];
        Assert.True(await province.Opens(former));
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

        await province.Execute($"CREATE ROLE province_b LOGIN PASSWORD '{password}' IN ROLE province");
        await province.Execute("ALTER ROLE province_b SET role = 'province'");
        province.Cluster.Api.Write("citizens-database", "connection", new NpgsqlConnectionStringBuilder(former) { Username = "province_b", Password = password }.ConnectionString);
        foreach (var silo in province.Cluster.Pods("silo"))
        {
            await province.Cluster.Run("silo");
            Assert.Equal(0, await silo.Leave());
            await province.Cluster.Remove(silo);
        }

        await province.Execute("ALTER ROLE province PASSWORD NULL");
        await callers.Until(Answers);
        await callers.End();

        Assert.Empty(callers.Failures);
        Assert.False(await province.Opens(former));
        Assert.Equal(0, await province.Count("SELECT count(*) FROM pg_stat_activity WHERE usename = 'province' AND client_addr IS NOT NULL"));
    }

    [Fact]
    public async Task Jobs_that_run_again_change_nothing()
    {
        var before = await State();

        foreach (var job in Jobs)
        {
            await province.Cluster.Remove(await province.Cluster.Run(job));
        }

        Assert.Equal(before, await State());
    }

    // As digests, for it is printed when it differs. The one thing that a job writes anew is province.json: it is worked out from the records and names the folder it was made in.
    private async Task<SortedDictionary<string, string>> State()
    {
        var entries = from secret in province.Overlay.All<V1Secret>()
                      from entry in province.Cluster.Api.Read(secret.Metadata.Name)
                      where secret.Metadata.Name != "province" || Told.Contains(entry.Key)
                      select KeyValuePair.Create($"{secret.Metadata.Name} {entry.Key}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Value))));
        return new(entries.ToDictionary()) { ["ledger entries"] = $"{await province.Count("SELECT count(*) FROM ledger")}" };
    }

    private async Task Replace(Pod gone)
    {
        await province.Cluster.Remove(gone);
        await province.Cluster.Run(gone.Workload.Name);
    }
}
