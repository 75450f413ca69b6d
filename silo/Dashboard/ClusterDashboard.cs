using System.Collections.Frozen;
using Orleans.Dashboard;
using Platform.Hosting;

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

        // Addresses are either all told or all found out: with the dashboard's alone, health would move away from where it is looked for.
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is not { Length: > 0 } others)
        {
            throw new CannotStartException("Set Urls to the silo's own address for health, for instance http://*:8080, where Dashboard:Port is set.");
        }

        builder.Configuration[WebHostDefaults.ServerUrlsKey] = $"{others};http://127.0.0.1:{port}";
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
                if (http.Connection.LocalPort != port || !IsOwnName(http.Request.Host.Host) || !Open.Contains(FirstSegment(http.GetEndpoint())))
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

    // Of the route that was found, and not of what was typed: that can be written in many ways.
    private static string FirstSegment(Endpoint? endpoint) => ((RouteEndpoint)endpoint!).RoutePattern.RawText!.Trim('/').Split('/')[0];
}
