using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Platform.Hosting.Expiry;
using Platform.Hosting.Health;
using Platform.Hosting.Telemetry;

namespace Platform.Hosting.Cluster;

/// <summary>The way of a process that is no silo into the cluster.</summary>
public static class ClusterClient
{
    /// <summary>How long one call is waited for; a silo that died says nothing.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(4);

    static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    /// <summary>Connects to the configured gateways, with the configured certificate.</summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<ClusterOptions>(ClusterOptions.Section);
        builder.UseOrleansClient(client =>
        {
            client.Services.AddSingleton<IGatewayListProvider, Gateways>();
            client.Services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<ClusterOptions>>(
                (orleans, ours) => (orleans.ClusterId, orleans.ServiceId) = (ours.Value.ClusterId, ClusterOptions.ServiceId));
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = Gateways.Refresh);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            client.UseConnectionRetryFilter(WaitForSilos);
            client.AddGrainTraces();
        });
        builder.AddClusterTls();
    }

    /// <summary>Makes readiness depend on a silo that answers; for a process that reaches grains, however it does.</summary>
    public static void AddClusterReadiness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ClusterReadiness>("cluster", tags: [HealthEndpoints.Ready]);

    static void AddClusterTls(this IHostApplicationBuilder builder)
    {
        var tls = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>()?.Tls;
        if (tls is not { IsOn: true })
        {
            return;
        }

        if (tls.CertificateFile is { } file)
        {
            builder.Services.AddExpiringCertificates("cluster-certificate", file);
        }

        builder.Services.AddSingleton(provider => ClusterCertificates.Load(provider.GetRequiredService<IOptions<ClusterOptions>>().Value.Tls));
        builder.Services.AddOptions<ClientConnectionOptions>().Configure<ClusterCertificates>(
            (connections, certificates) => connections.ConfigureConnection(connection => connection.UseClientTls(certificates.Calling())));
    }

    // Silos may come later than their clients.
    static async Task<bool> WaitForSilos(Exception failure, CancellationToken cancellation)
    {
        await Task.Delay(ConnectAgain, TimeProvider.System, cancellation);
        return true;
    }
}
