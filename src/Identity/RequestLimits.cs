using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Identity.Engine;

namespace Platform.Identity;

/// <summary>The engine answers in front of routing, so limits stand in front of the engine.</summary>
static class RequestLimits
{
    public const long MaxBodySize = 32 * 1024;
    static readonly string[] Free = ["/.well-known", "/health", "/assets"];
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, string)>(Partition);
            limiter.OnRejected = Reject;
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

    static RateLimitPartition<(string, string)> Partition(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value;
        var path = context.Request.Path;
        // Keys, discovery, health and style sheets cost nothing and are what others need to go on.
        return IsForClients(path) ? PerAddress(context, EngineSetup.TokenPath, options.TokenRequestsPerMinute)
            : IsFree(path) ? RateLimitPartition.GetNoLimiter(("free", ""))
            : PerAddress(context, "pages", options.PageRequestsPerMinute);
    }

    static bool IsForClients(PathString path) => path.StartsWithSegments(EngineSetup.TokenPath);

    static bool IsFree(PathString path) => Free.Any(free => path.StartsWithSegments(free));

    static async ValueTask Reject(OnRejectedContext rejected, CancellationToken ct)
    {
        var answer = rejected.HttpContext.Response;
        answer.Headers.RetryAfter = "10";
        if (IsForClients(rejected.HttpContext.Request.Path))
        {
            await answer.WriteAsJsonAsync(
                new { error = "temporarily_unavailable", error_description = "Too many token requests; wait and keep the token you have." }, ct);
            return;
        }
        answer.ContentType = "text/plain; charset=utf-8";
        await answer.WriteAsync(
            "Có quá nhiều yêu cầu từ mạng của bạn. Hãy đợi một phút rồi tải lại trang.\nToo many requests come from your network. Wait a minute, then reload the page.\n", ct);
    }

    static RateLimitPartition<(string, string)> PerAddress(HttpContext context, string what, int limit) =>
        RateLimitPartition.GetSlidingWindowLimiter((what, context.Connection.RemoteIpAddress?.ToString() ?? ""), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
}
