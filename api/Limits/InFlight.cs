using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Api.Problems;

namespace Platform.Api.Limits;

/// <summary>
/// Takes only as many requests at once as this instance can carry. The rest are told at once to come back: a request that waits here until nobody waits
/// for its answer any more would only slow the others down.
/// </summary>
sealed class InFlight(RequestDelegate next, IOptions<ApiOptions> options) : IDisposable
{
    readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = options.Value.Limits.InFlight, QueueLimit = 0 });

    public async Task InvokeAsync(HttpContext context)
    {
        using var place = _limiter.AttemptAcquire();
        await (place.IsAcquired ? next(context) : ((Refusal)ErrorCodes.Busy).ExecuteAsync(context));
    }

    public void Dispose() => _limiter.Dispose();
}
