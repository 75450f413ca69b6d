using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Messaging;

namespace Platform.Hosting.Cluster;

/// <summary>
/// The gateways as they are configured, names looked up anew each time: a client learns of silos without seeing their database. While a name cannot be
/// looked up, what it stood for last is kept.
/// </summary>
sealed partial class Gateways(IOptions<ClusterOptions> options, ILogger<Gateways> log) : IGatewayListProvider
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly Dictionary<Gateway, Uri[]> _last = [];

    public TimeSpan MaxStaleness => Refresh;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways()
    {
        foreach (var gateway in options.Value.Gateways.Select(text => Gateway.TryParse(text, out var parsed) ? parsed : null).OfType<Gateway>())
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience);
                var found = (await gateway.Resolve(patience.Token)).Select(end => end.ToGatewayUri()).ToArray();
                lock (_last)
                {
                    _last[gateway] = found;
                }
            }
            catch (Exception unknown) when (unknown is SocketException or OperationCanceledException)
            {
                LogUnknown(log, gateway.Host);
            }
        }

        lock (_last)
        {
            return [.. _last.Values.SelectMany(known => known).Distinct()];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silos' name {Name} cannot be looked up at the moment")]
    static partial void LogUnknown(ILogger log, string name);
}
