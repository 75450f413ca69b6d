using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Api.Problems;

namespace Platform.Api.Limits;

/// <summary>
/// Counts requests without a valid token by address. Only such requests are ever held back, so that one bad neighbour behind a shared address
/// cannot lock the others out.
/// </summary>
sealed class FailureLimiter(IOptions<ApiOptions> options) : IDisposable
{
    readonly PartitionedRateLimiter<IPAddress> _failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => CallerLimits.Bucket(
            options.Value.Limits.FailuresPerMinute, options.Value.Limits.FailuresPerMinute, TimeSpan.FromMinutes(1))));

    /// <summary>The refusal if the address has failed too often, else null.</summary>
    public Refusal? Refuse(HttpContext context)
    {
        using var lease = _failures.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (lease.IsAcquired)
        {
            return null;
        }

        CallerLimits.SetRetryAfter(context, lease);
        return ErrorCodes.RateLimited;
    }

    public void Dispose() => _failures.Dispose();
}
