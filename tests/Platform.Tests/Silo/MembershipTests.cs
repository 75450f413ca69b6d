using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>The table of silos: every change wins only over the version that was read, so that all agree on who is in.</summary>
public sealed class MembershipTests(PostgresServer postgres) : KernelTest(postgres)
{
    // Whole milliseconds, as silos have them.
    private static readonly DateTime Now = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_silos_that_join_at_once_over_one_version_one_wins_and_the_other_reads_again()
    {
        var table = await Table();
        var first = (await table.ReadAllAsync(Ct)).Version;
        Assert.Equal(0, first.Version);

        var joined = await Task.WhenAll(Enumerable.Range(1, 4).Select(port => table.InsertRowAsync(Entry(port), first.Next(), Ct)));

        Assert.Single(joined, won => won);
        var held = await table.ReadAllAsync(Ct);
        Assert.Equal(1, held.Version.Version);
        Assert.Single(held.Members);
    }

    [Fact]
    public async Task A_silo_joins_once_and_is_changed_only_over_the_newest_version()
    {
        var table = await Table();
        var empty = (await table.ReadAllAsync(Ct)).Version;
        Assert.True(await table.InsertRowAsync(Entry(1), empty.Next(), Ct));
        var (entry, etag) = Assert.Single((await table.ReadAllAsync(Ct)).Members);
        var version = (await table.ReadAllAsync(Ct)).Version;

        Assert.False(await table.InsertRowAsync(Entry(1), version.Next(), Ct));
        Assert.False(await table.UpdateRowAsync(Entry(2), version.VersionEtag, version.Next(), Ct));
        Assert.Equal(1, (await table.ReadAllAsync(Ct)).Version.Version);

        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [Tuple.Create(Entry(2).SiloAddress, Now)];
        Assert.True(await table.UpdateRowAsync(entry, version.VersionEtag, version.Next(), Ct));
        Assert.False(await table.UpdateRowAsync(entry, version.VersionEtag, version.Next(), Ct));

        var read = await table.ReadRowAsync(entry.SiloAddress, Ct);
        Assert.Equal((2, SiloStatus.Dead, 1), (read.Version.Version, read.Members[0].Item1.Status, read.Members[0].Item1.SuspectTimes!.Count));
        Assert.Equal((Now, "silo-1", "host", 31_001), (read.Members[0].Item1.StartTime, entry.SiloName, entry.HostName, entry.ProxyPort));
        Assert.Empty((await table.ReadRowAsync(Entry(2).SiloAddress, Ct)).Members);
        Assert.NotNull(etag);
    }

    [Fact]
    public async Task A_sign_of_life_never_goes_back_and_the_long_dead_are_cleared_away()
    {
        var table = await Table();
        foreach (var port in new[] { 1, 2 })
        {
            Assert.True(await table.InsertRowAsync(Entry(port), (await table.ReadAllAsync(Ct)).Version.Next(), Ct));
        }

        var alive = Entry(1);
        alive.IAmAliveTime = Now.AddMinutes(5);
        await table.UpdateIAmAliveAsync(alive, Ct);
        alive.IAmAliveTime = Now;
        await table.UpdateIAmAliveAsync(alive, Ct);
        Assert.Equal(Now.AddMinutes(5), (await table.ReadRowAsync(alive.SiloAddress, Ct)).Members[0].Item1.IAmAliveTime);

        var dead = Entry(2);
        dead.Status = SiloStatus.Dead;
        var version = (await table.ReadAllAsync(Ct)).Version;
        Assert.True(await table.UpdateRowAsync(dead, version.VersionEtag, version.Next(), Ct));
        await table.CleanupDefunctSiloEntriesAsync(Now, Ct);
        Assert.Equal(2, (await table.ReadAllAsync(Ct)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1), Ct);
        Assert.Equal(alive.SiloAddress, Assert.Single((await table.ReadAllAsync(Ct)).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task Clusters_over_one_database_do_not_see_each_other()
    {
        var province = await NewProvince(DatabaseKind.Postgres);
        var (blue, green) = (await Table(province, "blue"), await Table(province, "green"));
        Assert.True(await blue.InsertRowAsync(Entry(1), (await blue.ReadAllAsync(Ct)).Version.Next(), Ct));

        Assert.Empty((await green.ReadAllAsync(Ct)).Members);
        await green.DeleteMembershipTableEntriesAsync("green", Ct);
        Assert.Single((await blue.ReadAllAsync(Ct)).Members);
    }

    private async Task<IMembershipTable> Table() => await Table(await NewProvince(DatabaseKind.Postgres), "platform");

    private static async Task<IMembershipTable> Table(Province province, string cluster)
    {
        IMembershipTable table = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = "platform" }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = province.Database.Invariant, ConnectionString = province.Database.ConnectionString }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, Ct);
        return table;
    }

    private static MembershipEntry Entry(int port) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 7),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = SiloStatus.Active,
        ProxyPort = 31_000 + port,
        StartTime = Now,
        IAmAliveTime = Now,
    };
}
