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
        app.Use(LimitBody);
        app.UseRateLimiter();
    }

    static async Task LimitBody(HttpContext context, RequestDelegate next)
    {
        var tooLarge = context.Request.ContentLength > MaxBodySize;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // A refused body is unlimited: the server then reads it away for a moment, so that the sender gets to see the answer.
            limit.MaxRequestBodySize = tooLarge ? null : MaxBodySize;
        }
        if (!tooLarge)
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        await context.Response.WriteAsJsonAsync(
            new { error = "invalid_request", error_description = $"The request body may have at most {MaxBodySize} bytes." });
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
