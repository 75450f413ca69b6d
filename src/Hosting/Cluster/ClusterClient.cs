using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Hosting.Health;

namespace Platform.Hosting.Cluster;

/// <summary>Where the silos are; section <c>Cluster</c>.</summary>
public sealed class ClusterOptions : IValidatableObject
{
    public const string Section = "Cluster";

    /// <summary>Gateways of silos, each <c>address:port</c>.</summary>
    public IList<string> Gateways { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Gateways.Count == 0 || Gateways.Any(gateway => !IPEndPoint.TryParse(gateway, out var end) || end.Port == 0))
        {
            yield return new("Set Cluster:Gateways:0 (and :1, …) to the gateways of the silos, each as address:port, for instance 127.0.0.1:30000.");
        }
    }
}

/// <summary>The way of a process that is no silo into the cluster.</summary>
public static class ClusterClient
{
    const string Name = "platform";

    /// <summary>Connects to the configured gateways.</summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<ClusterOptions>(ClusterOptions.Section);
        var cluster = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        var gateways = cluster.Gateways.Select(gateway => IPEndPoint.TryParse(gateway, out var end) ? end : null).OfType<IPEndPoint>().ToArray();
        builder.UseOrleansClient(client => client
            .UseStaticClustering(gateways)
            .Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name)));
    }

    /// <summary>Makes readiness depend on a silo that answers; for a process that reaches grains, however it does.</summary>
    public static void AddClusterReadiness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ClusterReadiness>("cluster", tags: [HealthEndpoints.Ready]);
}
