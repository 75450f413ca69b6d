using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Identity.Keys;
using Platform.Identity.Storage;

namespace Platform.Identity;

/// <summary>Ready: the database answers and there is a key to sign with.</summary>
sealed class IdentityReadiness(IDbContextFactory<IdentityDatabase> databases, SigningKeyRing ring) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (ring.Published is [])
        {
            return HealthCheckResult.Unhealthy("There is no signing key.");
        }
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"SELECT version FROM schema_version LIMIT 1", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
