using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Expiry;
using Platform.Hosting.Health;
using Platform.Hosting.Logging;
using Platform.Hosting.Telemetry;

namespace Platform.Hosting;

/// <summary>What every process of the platform needs.</summary>
public static class PlatformHosting
{
    /// <summary>Largest request body in bytes that a process reads unless it asks for something else.</summary>
    public const long DefaultMaxRequestBodySize = 1024 * 1024;

    // Else every process watches all folders below the one it was started in, for a change of a file that it would not take anyway.
    internal const string ReadSettingsOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A builder of a host whose settings are read once, at its start.</summary>
    public static WebApplicationBuilder CreateBuilder(params IEnumerable<string> args) => WebApplication.CreateBuilder([ReadSettingsOnce, .. args]);

    /// <summary>Adds masked JSON logging, health checks, telemetry where settings ask for it, the clock and Kestrel's limits.</summary>
    public static WebApplicationBuilder AddPlatformHosting(
        this WebApplicationBuilder builder, long maxRequestBodySize = DefaultMaxRequestBodySize)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddMaskedLogging();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck<StartedCheck>("start", tags: [HealthEndpoints.Started]);
        builder.AddPlatformTelemetry();
        builder.Services.AddHostedService<ExpiryMetrics>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxRequestBodySize;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>Binds <typeparamref name="TOptions"/> to a section and checks its annotations and own rules before the process starts.</summary>
    public static OptionsBuilder<TOptions> AddCheckedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>, OptionsCheck<TOptions>>();
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>Reads a section that is needed before the host is built, with the same checks; what is wrong ends the start.</summary>
    public static TOptions GetChecked<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        TOptions options;
        try
        {
            options = configuration.GetSection(section).Get<TOptions>() ?? new TOptions();
        }
        catch (InvalidOperationException malformed)
        {
            throw new CannotStartException($"A setting of {section} has a form that cannot be read: {malformed.Message}", malformed);
        }

        var checkedOptions = new OptionsCheck<TOptions>().Validate(null, options);
        return checkedOptions.Failed ? throw new OptionsValidationException(section, typeof(TOptions), checkedOptions.Failures) : options;
    }
}
