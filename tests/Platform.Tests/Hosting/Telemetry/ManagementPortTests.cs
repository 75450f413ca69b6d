using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.Hosting;
using Platform.Hosting.Expiry;
using Platform.Hosting.Health;
using Xunit;

namespace Platform.Tests.Hosting.Telemetry;

public sealed class ManagementPortTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_gives_metrics_and_health_and_nothing_else_and_no_other_port_gives_metrics()
    {
        var port = FreePorts.Next();
        await using var app = await Start(("Telemetry:Port", $"{port}"));
        using var client = new HttpClient();
        var (open, management) = (app.Urls.Single(), $"http://127.0.0.1:{port}");
        async Task<(HttpStatusCode, string)> Get(string address)
        {
            using var response = await client.GetAsync(new Uri(address), Ct);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
        }

        var (status, metrics) = await Get($"{management}/metrics");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("platform_expires_in_seconds{", metrics, StringComparison.Ordinal);
        Assert.Contains("what=\"key\"", metrics, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, """{"status":"Healthy","checks":{}}"""), await Get($"{management}/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get($"{management}/health/ready")).Item1);
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"{management}/work")).Item1);
        Assert.Equal((HttpStatusCode.OK, "done"), await Get($"{open}/work"));
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"{open}/metrics")).Item1);
    }

    [Fact]
    public async Task Without_settings_nothing_is_measured_and_nothing_is_sent()
    {
        await using var app = await Start();

        Assert.Null(app.Services.GetService<MeterProvider>());
        Assert.Null(app.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData("Telemetry:Port", "70000", "Set Telemetry:Port to a port from 1 to 65535, or leave it out.")]
    [InlineData("Telemetry:TraceRatio", "7", "Set Telemetry:TraceRatio to a share from 0 to 1, for instance 0.01.")]
    public async Task A_wrong_setting_stops_the_start_with_its_sentence(string name, string value, string sentence) =>
        Assert.Equal([sentence], (await Assert.ThrowsAsync<OptionsValidationException>(() => Start((name, value)))).Failures);

    [Fact]
    public async Task A_port_that_another_process_has_stops_the_start_with_a_sentence()
    {
        var port = FreePorts.Next();
        await using var first = await Start(("Telemetry:Port", $"{port}"));

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => Start(("Telemetry:Port", $"{port}")));

        Assert.StartsWith("Set Telemetry:Port to a port that no other process uses, or leave it out:", refusal.Message, StringComparison.Ordinal);
    }

    static async Task<WebApplication> Start(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.AddPlatformHosting();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        builder.Services.AddExpiring("key", _ => TimeProvider.System.GetUtcNow().AddDays(1));
        builder.Services.AddHealthChecks().AddCheck("cluster", () => HealthCheckResult.Unhealthy(), [HealthEndpoints.Ready]);
        var app = builder.Build();
        app.MapGet("/work", () => "done");
        await app.StartAsync(Ct);
        return app;
    }
}
