using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Health;

/// <summary>Live means that this process moves; ready means that it may be sent work.</summary>
public static class HealthEndpoints
{
    /// <summary>The tag of the checks that must pass before a process takes traffic.</summary>
    public const string Ready = "ready";

    /// <summary>Maps <c>/health/live</c> (looks at nothing but the process) and <c>/health/ready</c> (runs the checks tagged ready).</summary>
    public static void MapPlatformHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", Answer(_ => false)).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", Answer(check => check.Tags.Contains(Ready))).AllowAnonymous();
    }

    static HealthCheckOptions Answer(Func<HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(
            new HealthAnswer(report.Status.ToString(), report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString())),
            context.RequestAborted),
    };

    sealed record HealthAnswer(string Status, Dictionary<string, string> Checks);
}
