using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Platform.Identity.Engine;

namespace Platform.Identity;

/// <summary>The engine answers in front of routing, so limits stand in front of the engine.</summary>
static class RequestLimits
{
    public const long MaxBodySize = 32 * 1024;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                context.Request.Path.StartsWithSegments(EngineSetup.TokenPath) ? PerAddress(context) : RateLimitPartition.GetNoLimiter("free"));
            limiter.OnRejected = async (rejected, ct) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "10";
                await rejected.HttpContext.Response.WriteAsJsonAsync(
                    new { error = "temporarily_unavailable", error_description = "Too many token requests; wait and keep the token you have." }, ct);
            };
        });
    }

    public static void UseRequestLimits(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (context.Request.ContentLength > MaxBodySize)
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                await context.Response.WriteAsJsonAsync(
                    new { error = "invalid_request", error_description = $"The request body may have at most {MaxBodySize} bytes." });
                return;
            }
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = MaxBodySize;
            }
            await next(context);
        });
        app.UseRateLimiter();
    }

    static RateLimitPartition<string> PerAddress(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var limit = context.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.TokenRequestsPerMinute;
        return RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
    }
}
