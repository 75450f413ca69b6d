using System.Globalization;
using Platform.Load.Peer.Sql;
using Platform.Load.Stack;

namespace Platform.Load.Peer.Guarantees;

/// <summary>A silo and an API beside those of a stack, in a cluster of their own: a test silo on the stack's database, or a silo as it is on another.</summary>
internal sealed class SideProvince : IAsyncDisposable
{
    private readonly LoadProcess _silo;
    private readonly LoadProcess _api;

    private SideProvince(LoadProcess silo, LoadProcess api) => (_silo, _api) = (silo, api);

    public Uri Api => _api.Address;

    public Uri Silo => _silo.Address;

    public IReadOnlyList<(string Name, int Id)> Processes => [("api", _api.Id), ("silo", _silo.Id)];

    /// <summary>A test silo on the stack's database.</summary>
    public static Task<SideProvince> Start(ProvinceStack stack, Without without, CancellationToken cancellation) =>
        Start(stack, ["test-silo", "--without", without.ToString()], cancellation);

    /// <summary>On the stack's database a silo that is this program in the mode that the arguments name.</summary>
    public static Task<SideProvince> Start(ProvinceStack stack, string[] mode, CancellationToken cancellation) =>
        Start(stack, stack.Database, (settings, address) => LoadProcess.StartMode(mode, settings, address, cancellation), cancellation);

    /// <summary>A silo as it is on another database of the same server, and an API as it is, both with more settings if there are any.</summary>
    public static Task<SideProvince> Start(ProvinceStack stack, string database, IReadOnlyDictionary<string, string> more, CancellationToken cancellation) => Start(
        stack, database, (settings, address) => LoadProcess.Start(Programs.File(Programs.Silo), [], settings, address, cancellation), cancellation, more);

    private static async Task<SideProvince> Start(
        ProvinceStack stack, string database, Func<Dictionary<string, string>, Uri, Task<LoadProcess>> start, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? more = null)
    {
        more ??= new Dictionary<string, string>();
        var (first, cluster) = (Ports.Block(2), $"side-{Guid.NewGuid():N}");
        var (siloAddress, apiAddress) = (LoadProcess.FreeAddress(), LoadProcess.FreeAddress());
        var silo = await start(
            new Dictionary<string, string>(stack.Silos[0].Settings.Concat(more))
            {
                ["Urls"] = siloAddress.AbsoluteUri,
                ["Database"] = database,
                ["Cluster__ClusterId"] = cluster,
                ["Cluster__SiloPort"] = first.ToString(CultureInfo.InvariantCulture),
                ["Cluster__GatewayPort"] = (first + 1).ToString(CultureInfo.InvariantCulture),
            },
            siloAddress);
        try
        {
            var api = await LoadProcess.Start(
                Programs.File(Programs.Api),
                [],
                new Dictionary<string, string>(stack.Apis[0].Settings.Concat(more))
                {
                    ["Urls"] = apiAddress.AbsoluteUri,
                    ["Cluster__ClusterId"] = cluster,
                    ["Cluster__Gateways__0"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{first + 1}"),
                },
                apiAddress,
                cancellation);
            return new SideProvince(silo, api);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _silo.DisposeAsync();
    }
}
