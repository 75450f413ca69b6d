using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Health;

/// <summary>Started means that what is done once is done; live means that this process moves; ready means that it may be sent work.</summary>
public static class HealthEndpoints
{
    /// <summary>The tag of the checks that must pass before a process takes traffic.</summary>
    public const string Ready = "ready";

    /// <summary>The tag of the check that says whether everything that starts has started.</summary>
    public const string Started = "started";

    /// <summary>
    /// Maps <c>/health/started</c> (true once and for all when everything that starts has started), <c>/health/live</c> (looks at nothing but the process) and <c>/health/ready</c> (runs the checks tagged ready).
    /// </summary>
    public static void MapPlatformHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/started", Answer(check => check.Tags.Contains(Started))).AllowAnonymous();
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
