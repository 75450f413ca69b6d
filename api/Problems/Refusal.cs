using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Platform.Api.Problems;

/// <summary>An answer that is a problem.</summary>
sealed class Refusal(Problem problem) : IResult
{
    public const string ContentType = "application/problem+json";

    public Problem Problem { get; } = problem;

    public static implicit operator Refusal(ApiError code) => new(new Problem(code));

    public static Refusal Of(ImmutableArray<InputError> errors) => new(new Problem(ErrorCodes.Find(errors[0].Code)) { Errors = errors });

    /// <summary>A refusal that a grain gave by its code.</summary>
    public static Refusal Of(string code) => ErrorCodes.Find(code);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        if (Problem.Status is StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = Problem with { TraceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier };
        await response.WriteAsJsonAsync(body, body.GetType(), options, ContentType, httpContext.RequestAborted);
    }
}
