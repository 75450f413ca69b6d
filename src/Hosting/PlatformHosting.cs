using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Expiry;
using Platform.Hosting.Logging;

namespace Platform.Hosting;

/// <summary>What every process of the platform needs.</summary>
public static class PlatformHosting
{
    /// <summary>Largest request body in bytes that a process reads unless it asks for something else.</summary>
    public const long DefaultMaxRequestBodySize = 1024 * 1024;

    /// <summary>Adds masked JSON logging, health checks, the clock and Kestrel's limits.</summary>
    public static WebApplicationBuilder AddPlatformHosting(
        this WebApplicationBuilder builder, long maxRequestBodySize = DefaultMaxRequestBodySize)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddMaskedLogging();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
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
}
