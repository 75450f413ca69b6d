using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Hosting.Telemetry;

/// <summary>Metrics for a scraper and traces for a collector, each only where the settings ask for it.</summary>
public static class PlatformTelemetry
{
    /// <summary>Every meter and every source of activities of the platform is called by the name of its process, after this.</summary>
    public const string Names = "Platform.";

    internal const string OrleansMeter = "Microsoft.Orleans";

    // Orleans measures some hundred things; these are the ones that an operator can act on.
    internal static readonly ImmutableArray<string> OrleansKept =
    [
        "orleans-catalog-activations", "orleans-catalog-activation-failed-to-activate", "orleans-app-requests-timedout",
        "orleans-gateway-connected-clients", "orleans-messaging-pings-reply-missed",
    ];

    static readonly string[] TracesTo = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    /// <summary>Whether traces are sent; grain calls carry them along only then.</summary>
    public static bool SendsTraces(IConfiguration configuration) => TracesTo.Any(name => !string.IsNullOrEmpty(configuration[name]));

    /// <summary>Lets calls to grains belong to the trace of what made them.</summary>
    public static void AddGrainTraces(this Orleans.Hosting.IClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (SendsTraces(client.Configuration))
        {
            client.AddActivityPropagation();
        }
    }

    internal static void AddPlatformTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetChecked<TelemetryOptions>(TelemetryOptions.Section);
        if (options.Port is { } port)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.ConfigureResource(Name(builder)).AddPlatformMetrics().AddPrometheusExporter());
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ManagementPort>(services, port));
        }

        if (SendsTraces(builder.Configuration))
        {
            builder.Services.AddPlatformTraces(options.TraceRatio, traces => traces.ConfigureResource(Name(builder)).AddOtlpExporter());
        }
    }

    internal static MeterProviderBuilder AddPlatformMetrics(this MeterProviderBuilder metrics) => metrics
        .AddMeter(Names + "*", OrleansMeter, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
        .AddView(instrument => instrument.Meter.Name == OrleansMeter && !OrleansKept.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null);

    internal static void AddPlatformTraces(this IServiceCollection services, double ratio, Action<TracerProviderBuilder> export)
    {
        // Else the instrumentation of ASP.NET would take in the baggage that a caller sends along.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        services.AddSingleton<DistributedContextPropagator>(new EdgePropagator());

        // Whoever calls from outside must not decide how much is kept; the ratio says the same of the same trace in every process.
        var kept = new TraceIdRatioBasedSampler(ratio);
        services.AddOpenTelemetry().WithTracing(traces => export(traces
            .SetSampler(new ParentBasedSampler(kept, remoteParentSampled: kept))
            .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
            .AddSource(Names + "*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "System.Net.Http", "Npgsql")
            .AddProcessor(new SafeSpans())));
    }

    static Action<ResourceBuilder> Name(WebApplicationBuilder builder) => resource =>
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_SERVICE_NAME"]))
        {
            resource.AddService(builder.Environment.ApplicationName);
        }
    };
}
