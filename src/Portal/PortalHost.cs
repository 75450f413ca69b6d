using Platform.Hosting;
using Platform.Hosting.Forwarding;
using Platform.Hosting.Health;
using Platform.Portal.Pages;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Safety;

namespace Platform.Portal;

/// <summary>The portal as a host that another program can start inside its own process.</summary>
public static class PortalHost
{
    const long MaxBodySize = 128 * 1024;
    const int MaxHeaders = 32 * 1024;

    /// <summary>Puts the portal together; <paramref name="configure"/> runs first and may set configuration and replace the clock.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = PlatformHosting.CreateBuilder(args);
        configure(builder);

        builder.AddPlatformHosting(MaxBodySize);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        // A session of each party, a login under way and a form that is kept, all in cookies.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders);
        // It warns of a key ring in a plain folder, which here is a checked and documented choice.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddCheckedOptions<PortalOptions>(PortalOptions.Section);
        builder.AddPlatformForwardedHeaders("Portal:ForwardedHeaders");
        builder.AddPortal();

        var app = builder.Build();
        app.UsePlatformForwardedHeaders();
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<PageHeaders>().Set(context.Response);
            return next(context);
        });
        app.UseMiddleware<FailurePages>();
        app.UseMiddleware<FormOrigin>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPlatformHealth();
        app.MapPages();
        return app;
    }
}
