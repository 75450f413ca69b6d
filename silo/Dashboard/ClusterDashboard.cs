using System.Collections.Frozen;
using Orleans.Dashboard;

namespace Platform.Silo.Dashboard;

/// <summary>
/// The dashboard of Orleans, for whoever gets to the silo's own loopback address: on Kubernetes an operator who is logged in to the cluster and may forward a port.
/// What it shows of single grains stays shut, for their keys are personal numbers and their state is a citizen's record, which leaves through disclosures alone.
/// </summary>
internal static class ClusterDashboard
{
    // Named one by one, so that what a later release adds is shut until somebody has looked at it. Not among them: GrainState, GrainTypes, Reminders, Trace.
    private static readonly FrozenSet<string> Open = new[]
    {
        "", "index.html", "favicon.ico", "index.min.js", "index.css", "fonts", "img", "version",
        "DashboardCounters", "ClusterStats", "HistoricalStats", "SiloProperties", "SiloStats", "SiloCounters", "GrainStats", "TopGrainMethods", "LifecycleStages",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the silo measure its calls and listen for the dashboard, where a port is set.</summary>
    public static void AddDashboard(this WebApplicationBuilder builder, DashboardOptions options)
    {
        if (options.Port is not { } port)
        {
            return;
        }

        var others = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        builder.Configuration[WebHostDefaults.ServerUrlsKey] = $"{(string.IsNullOrWhiteSpace(others) ? "http://localhost:5000" : others)};http://127.0.0.1:{port}";
        builder.UseOrleans(silo => silo.AddDashboard(dashboard => dashboard.HideTrace = true));
    }

    /// <summary>Answers on the dashboard's port, and on no other.</summary>
    public static void MapDashboard(this WebApplication app, DashboardOptions options)
    {
        if (options.Port is { } port)
        {
            app.MapOrleansDashboard().AddEndpointFilter((context, next) =>
            {
                var http = context.HttpContext;
                if (http.Connection.LocalPort != port || !IsOwnName(http.Request.Host.Host) || !Open.Contains(FirstSegment(http.Request.Path)))
                {
                    return ValueTask.FromResult<object?>(Results.NotFound());
                }

                var headers = http.Response.Headers;
                headers.XFrameOptions = "DENY";
                headers.XContentTypeOptions = "nosniff";
                headers.CacheControl = "no-store";
                return next(context);
            });
        }
    }

    // A page of a stranger in the operator's browser can let its own name lead here, but not call itself so.
    private static bool IsOwnName(string host) => host is "localhost" or "127.0.0.1";

    private static string FirstSegment(PathString path) => path.Value?.Split('/', 3) is [_, var first, ..] ? first : "";
}
