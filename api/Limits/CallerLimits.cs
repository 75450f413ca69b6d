using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Api.Callers;
using Platform.Api.Problems;

namespace Platform.Api.Limits;

/// <summary>
/// A token bucket for each caller that was let in by its token. The framework's own middleware never disposes of its limiters, and their timers keep a host
/// that has ended.
/// </summary>
sealed class CallerLimits(IOptions<ApiOptions> options) : IDisposable
{
    readonly PartitionedRateLimiter<TokenClaims> _callers = PartitionedRateLimiter.Create<TokenClaims, (CallerKind Kind, string Subject)>(claims =>
        RateLimitPartition.GetTokenBucketLimiter((claims.Kind, claims.Subject), caller => caller.Kind == CallerKind.System
            ? Bucket(options.Value.Limits.SystemBurst, options.Value.Limits.SystemPerSecond, TimeSpan.FromSeconds(1))
            : Bucket(options.Value.Limits.PersonBurst, options.Value.Limits.PersonPerMinute, TimeSpan.FromMinutes(1))));

    /// <summary>Passes a request on, or tells its caller to come back.</summary>
    public Task Apply(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<TokenClaims>() is not { } claims)
        {
            return next(context);
        }

        // A bucket gets nothing back: the lease is not held while the request runs.
        using var lease = _callers.AttemptAcquire(claims);
        return lease.IsAcquired ? next(context) : Refuse(context, lease);
    }

    public static void SetRetryAfter(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => _callers.Dispose();

    internal static TokenBucketRateLimiterOptions Bucket(int burst, int perPeriod, TimeSpan period) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perPeriod,
        ReplenishmentPeriod = period,
        QueueLimit = 0,
    };

    static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        SetRetryAfter(context, lease);
        return ((Refusal)ErrorCodes.RateLimited).ExecuteAsync(context);
    }
}
