using Microsoft.AspNetCore.Diagnostics;

namespace Platform.Api.Problems;

/// <summary>Gives a body to statuses that the framework set without one.</summary>
static class BareStatus
{
    public static Task Describe(StatusCodeContext context)
    {
        ApiError? code = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => ErrorCodes.RequestMalformed,
            StatusCodes.Status404NotFound => ErrorCodes.RouteUnknown,
            StatusCodes.Status405MethodNotAllowed => ErrorCodes.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => ErrorCodes.TooLarge,
            StatusCodes.Status415UnsupportedMediaType => ErrorCodes.ContentType,
            _ => null,
        };
        return code is null ? Task.CompletedTask : ((Refusal)code).ExecuteAsync(context.HttpContext);
    }

    /// <summary>Answers what no route matches before anybody is asked for a token: what routes exist is public.</summary>
    public static Task AnswerUnrouted(HttpContext context, RequestDelegate next)
    {
        // The router stands in for a method or content type that no route takes with an endpoint that is no route.
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } refuse }:
                return refuse(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
