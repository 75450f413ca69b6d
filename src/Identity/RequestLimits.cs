using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Platform.Identity.Engine;

namespace Platform.Identity;

/// <summary>
/// The engine answers in front of routing, so limits stand in front of the engine. The framework's own middleware never disposes of its limiters, and their timers
/// keep a host that has ended.
/// </summary>
sealed class RequestLimits(IOptions<IdentityOptions> options) : IDisposable
{
    public const long MaxBodySize = 32 * 1024;
    static readonly string[] Free = ["/.well-known", "/health", "/assets"];
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Keys, discovery, health and style sheets cost nothing and are what others need to go on.
    readonly PartitionedRateLimiter<HttpContext> _requests = PartitionedRateLimiter.Create<HttpContext, (string, string)>(context =>
        IsForClients(context.Request.Path) ? PerAddress(context, EngineSetup.TokenPath, options.Value.TokenRequestsPerMinute)
            : IsFree(context.Request.Path) ? RateLimitPartition.GetNoLimiter(("free", ""))
            : PerAddress(context, "pages", options.Value.PageRequestsPerMinute));

    public static void Use(WebApplication app)
    {
        app.Use(LimitBody);
        app.Use(app.Services.GetRequiredService<RequestLimits>().Apply);
    }

    public void Dispose() => _requests.Dispose();

    async Task Apply(HttpContext context, RequestDelegate next)
    {
        using var lease = _requests.AttemptAcquire(context);
        await (lease.IsAcquired ? next(context) : Reject(context));
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

    static bool IsForClients(PathString path) => path.StartsWithSegments(EngineSetup.TokenPath);

    static bool IsFree(PathString path) => Free.Any(free => path.StartsWithSegments(free));

    static async Task Reject(HttpContext context)
    {
        var answer = context.Response;
        answer.StatusCode = StatusCodes.Status429TooManyRequests;
        answer.Headers.RetryAfter = "10";
        if (IsForClients(context.Request.Path))
        {
            await answer.WriteAsJsonAsync(
                new { error = "temporarily_unavailable", error_description = "Too many token requests; wait and keep the token you have." }, context.RequestAborted);
            return;
        }
        answer.ContentType = "text/plain; charset=utf-8";
        await answer.WriteAsync(
            "Có quá nhiều yêu cầu từ mạng của bạn. Hãy đợi một phút rồi tải lại trang.\nToo many requests come from your network. Wait a minute, then reload the page.\n", context.RequestAborted);
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
