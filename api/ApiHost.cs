using Platform.Hosting;

namespace Platform.Api;

/// <summary>The API as a host that another program can start inside its own process.</summary>
public static class ApiHost
{
    /// <summary>
    /// Puts the API together; <paramref name="configure"/> runs first and sets addresses and configuration and brings the
    /// <see cref="IGrainFactory"/> with which grains are reached.
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = PlatformHosting.CreateBuilder(args);
        configure(builder);
        builder.AddPlatformApi();

        var app = builder.Build();
        app.MapPlatformApi();
        return app;
    }
}
