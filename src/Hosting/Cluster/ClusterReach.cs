using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Cluster;

/// <summary>A client of the cluster for a command that serves nobody.</summary>
public static class ClusterReach
{
    /// <summary>A started host from whose services grains are reached; returns when a silo answers.</summary>
    public static async Task<IHost> Start(CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder([PlatformHosting.ReadSettingsOnce]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddClusterClient();
        var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        await host.StartAsync(cancellation);
        return host;
    }
}
