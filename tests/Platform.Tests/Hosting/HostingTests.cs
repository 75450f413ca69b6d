using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Health;
using Xunit;

namespace Platform.Tests.Hosting;

public sealed class HostingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 200, "Healthy")]
    [InlineData(false, 503, "Unhealthy")]
    public async Task Readiness_follows_the_checks_and_liveness_does_not(bool healthy, int status, string word)
    {
        await using var app = await Start(builder => builder.Services.AddHealthChecks().AddCheck(
            "database",
            () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("secret detail 067200012345"),
            [HealthEndpoints.Ready]));
        using var client = app.GetTestClient();

        var ready = await client.GetAsync(new Uri("health/ready", UriKind.Relative), Ct);
        var live = await client.GetAsync(new Uri("health/live", UriKind.Relative), Ct);

        Assert.Equal(status, (int)ready.StatusCode);
        Assert.Equal($$$"""{"status":"{{{word}}}","checks":{"database":"{{{word}}}"}}""", await ready.Content.ReadAsStringAsync(Ct));
        Assert.Equal(200, (int)live.StatusCode);
        Assert.Equal("Healthy", (await live.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Started_is_said_once_everything_has_started_and_stays_true_when_nothing_works()
    {
        HttpResponseMessage? early = null;
        await using var app = await Start(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Unhealthy(), [HealthEndpoints.Ready]);
            builder.Services.AddHostedService(services => new Starting(async () =>
            {
                early = await services.GetRequiredService<IHost>().GetTestClient().GetAsync(new Uri("health/started", UriKind.Relative), Ct);
            }));
        });

        var late = await app.GetTestClient().GetAsync(new Uri("health/started", UriKind.Relative), Ct);

        Assert.Equal((503, 200), ((int)early!.StatusCode, (int)late.StatusCode));
    }

    [Fact]
    public async Task A_bad_setting_stops_the_start_with_its_sentence()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Start(builder => builder.Services.AddCheckedOptions<Sample>("Sample")));

        Assert.Equal(["Set Sample:Name to a name.", "Sample:Count must be even: correct it."], refusal.Failures);
    }

    [Fact]
    public async Task A_refusal_to_start_is_an_exit_code_and_not_a_crash()
    {
        Assert.Equal(
            PlatformProgram.BadConfiguration, await PlatformProgram.Run(() => throw new CannotStartException("Give the folder back.")));
        Assert.Equal(3, await PlatformProgram.Run(() => Task.FromResult(3)));
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_told_whole_but_without_the_citizen_that_it_is_about()
    {
        await using var errors = new StringWriter();

        var exit = await PlatformProgram.Run(() => throw new TimeoutException("No answer from citizen/079203000011."), errors);

        Assert.Equal(PlatformProgram.Unforeseen, exit);
        Assert.Contains("TimeoutException: No answer from citizen/079", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(A_fault_that_nobody_foresaw_is_told_whole_but_without_the_citizen_that_it_is_about), errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("079203000011", errors.ToString(), StringComparison.Ordinal);
    }

    static async Task<WebApplication> Start(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Sample:Count"] = "3" });
        builder.AddPlatformHosting();
        configure(builder);
        var app = builder.Build();
        app.MapPlatformHealth();
        await app.StartAsync(Ct);
        return app;
    }

    // The last that happens before an application has started.
    sealed class Starting(Func<Task> look) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => look();

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class Sample : IValidatableObject
    {
        public string? Name { get; set; }

        public int Count { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (string.IsNullOrEmpty(Name))
            {
                yield return new("Set Sample:Name to a name.");
            }
            if (Count % 2 != 0)
            {
                yield return new("Sample:Count must be even: correct it.");
            }
        }
    }
}
