using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Contracts;
using Platform.Silo.Rules;

namespace Platform.Silo;

/// <summary>Ready means that decisions can be made: the lease on the rule book runs, and so the database has answered.</summary>
internal sealed class SiloReadiness(RuleBookLease lease, [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            lease.Current(clock.GetUtcNow());
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (TryAgainException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy());
        }
    }
}
