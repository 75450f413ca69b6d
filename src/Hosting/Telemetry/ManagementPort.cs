using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Platform.Hosting.Health;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// A server of its own for operators' machines: metrics and health, and nothing else. No request that comes in through another port can reach it,
/// and none that waits there keeps it from answering.
/// </summary>
sealed class ManagementPort(int port, MeterProvider meters, HealthCheckService health, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    const int MostConnections = 64;

    WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.ListenAnyIP(port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(health);
        builder.Services.AddSingleton(logs);
        _app = builder.Build();
        _app.MapPlatformHealth();
        _app.MapPrometheusScrapingEndpoint("/metrics", meters, configureBranchedPipeline: null, optionsName: null);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new CannotStartException($"Set Telemetry:Port to a port that no other process uses, or leave it out: {taken.Message}", taken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
