using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Cluster;

/// <summary>Ready when a silo answers.</summary>
sealed class ClusterReadiness(IGrainFactory grains) : IHealthCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken).WaitAsync(Patience, cancellationToken);
            return silos.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo is active.");
        }
        catch (Exception unreachable) when (unreachable is OrleansException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }
}
