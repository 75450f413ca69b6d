using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Api.Callers;
using Platform.Api.Problems;

namespace Platform.Api.Limits;

/// <summary>A token bucket for each caller that was let in by its token.</summary>
static class CallerLimits
{
    public static void AddCallerLimits(this IServiceCollection services)
    {
        services.AddSingleton<FailureLimiter>();
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (CallerKind, string)>(Partition);
            limiter.OnRejected = (rejected, _) => new ValueTask(Refuse(rejected.HttpContext, rejected.Lease));
        });
    }

    public static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        SetRetryAfter(context, lease);
        return ((Refusal)ErrorCodes.RateLimited).ExecuteAsync(context);
    }

    public static void SetRetryAfter(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    static RateLimitPartition<(CallerKind, string)> Partition(HttpContext context)
    {
        if (context.Features.Get<TokenClaims>() is not { } claims)
        {
            return RateLimitPartition.GetNoLimiter((default(CallerKind), ""));
        }

        var limits = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.Limits;
        return RateLimitPartition.GetTokenBucketLimiter((claims.Kind, claims.Subject), caller => caller.Item1 == CallerKind.System
            ? Bucket(limits.SystemBurst, limits.SystemPerSecond, TimeSpan.FromSeconds(1))
            : Bucket(limits.PersonBurst, limits.PersonPerMinute, TimeSpan.FromMinutes(1)));
    }

    internal static TokenBucketRateLimiterOptions Bucket(int burst, int perPeriod, TimeSpan period) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perPeriod,
        ReplenishmentPeriod = period,
        QueueLimit = 0,
    };
}
