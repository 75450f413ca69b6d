using System.Data.Common;
using Platform.Contracts;

namespace Platform.Identity;

/// <summary>While the database or the cluster is away requests end with 503 and a time to come back, not with a fault that clients take for final.</summary>
sealed partial class Availability(RequestDelegate next, ILogger<Availability> log)
{
    public const string Error = "temporarily_unavailable";
    const string ComeBack = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when ((IsAway(fault) || IsCancelledBySilos(fault, context)) && !context.Response.HasStarted)
        {
            Unreachable(fault.GetType().Name);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = ComeBack;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(new { error = Error, error_description = "The server cannot reach what it needs at the moment: ask again." });
        }
    }

    // Entity Framework wraps what passes by itself.
    static bool IsAway(Exception? fault) => fault switch
    {
        null => false,
        DbException { IsTransient: true } or TryAgainException or OrleansException or TimeoutException => true,
        _ => IsAway(fault.InnerException),
    };

    // A call that ran out of time before a silo took it up ends as cancelled, though nobody cancelled it.
    static bool IsCancelledBySilos(Exception fault, HttpContext context) => fault is OperationCanceledException && !context.RequestAborted.IsCancellationRequested;

    [LoggerMessage(1, LogLevel.Error, "The database or the cluster did not answer ({Fault}).")]
    partial void Unreachable(string fault);
}
