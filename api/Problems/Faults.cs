using Microsoft.AspNetCore.Diagnostics;
using Platform.Contracts;

namespace Platform.Api.Problems;

/// <summary>Turns what was thrown into a problem; only bugs are logged as errors, and nobody but the log learns what they were.</summary>
sealed partial class Faults(ILogger<Faults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        Refusal refusal = Describe(exception);
        if (refusal.Problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogFault(logger, exception);
        }
        else if (refusal.Problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            LogUnavailable(logger, refusal.Problem.Code);
        }

        await refusal.ExecuteAsync(httpContext);
        return true;
    }

    static ApiError Describe(Exception exception) => exception switch
    {
        TryAgainException again => ErrorCodes.TryFind(again.Code) ?? ErrorCodes.Unavailable,
        GatewayTooBusyException or LimitExceededException => ErrorCodes.Busy,
        // A call that ran out of time before a silo took it up ends as cancelled, though nobody cancelled it.
        OrleansException or TimeoutException or OperationCanceledException => ErrorCodes.Unavailable,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ErrorCodes.TooLarge,
        // Body and headers are read by our own code, so what the framework itself could not bind is a route or query value.
        BadHttpRequestException { InnerException: null } => ErrorCodes.ParameterMalformed,
        BadHttpRequestException => ErrorCodes.RequestMalformed,
        _ => ErrorCodes.Fault,
    };

    [LoggerMessage(1, LogLevel.Error, "A request failed unexpectedly")]
    static partial void LogFault(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "A request was answered with {Code}")]
    static partial void LogUnavailable(ILogger logger, string code);
}
