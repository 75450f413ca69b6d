using Platform.Hosting;
using Platform.Hosting.Cluster;
using Platform.Hosting.Expiry;
using Platform.Hosting.Forwarding;
using Platform.Hosting.Health;
using Platform.Hosting.Mtls;
using Platform.Identity.Accounts;
using Platform.Identity.Admin;
using Platform.Identity.Assertions;
using Platform.Identity.Clients;
using Platform.Identity.Engine;
using Platform.Identity.Engine.People;
using Platform.Identity.Interactions;
using Platform.Identity.Keys;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;
using Platform.Identity.Upstream;

namespace Platform.Identity;

/// <summary>The identity server as a host that another program can start inside its own process.</summary>
public static class IdentityHost
{
    /// <summary>
    /// Puts the server together; <paramref name="configure"/> runs first and may set configuration and replace the clock. Starting the
    /// result creates or migrates the schema and makes the first signing key.
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = PlatformHosting.CreateBuilder(args);
        configure?.Invoke(builder);

        builder.AddPlatformHosting(RequestLimits.MaxBodySize);
        builder.Logging
            .AddFilter("OpenIddict", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // It warns of a key ring in a plain folder, which here is a checked and documented choice.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddCheckedOptions<IdentityOptions>("Identity");
        builder.AddPlatformForwardedHeaders("Identity:ForwardedHeaders");
        builder.AddMtlsPort("Identity:Mtls");
        if (builder.Configuration["Identity:Mtls:ClientAuthorities"] is { Length: > 0 } authorities)
        {
            builder.Services.AddExpiringCertificates("mtls-client-authority", authorities);
        }
        builder.AddIdentityStorage();
        builder.Services.AddSigningKeys();
        builder.Services.AddClientAuthentication();
        builder.Services.AddPeople();
        builder.Services.AddPages();
        builder.AddUpstream();
        builder.Services.AddEngine();
        builder.Services.AddAdministration();
        builder.Services.AddSingleton<RequestLimits>();
        builder.Services.AddHostedService<IdentityStart>();
        builder.Services.AddHealthChecks().AddCheck<IdentityReadiness>("identity", tags: [HealthEndpoints.Ready]);

        var app = builder.Build();
        app.UsePlatformForwardedHeaders();
        app.UseTransportSecurity();
        RequestLimits.Use(app);
        app.UseMiddleware<Availability>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPlatformHealth();
        app.MapAccountAdministration();
        app.MapClientAdministration();
        app.MapPages();
        return app;
    }

    static void AddSigningKeys(this IServiceCollection services)
    {
        services.AddCheckedOptions<SigningKeyOptions>("Identity:Keys");
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<SigningKeys>();
        services.AddHostedService<SigningKeyRefresh>();
        services.AddExpiring("signing-key", provider => provider.GetRequiredService<SigningKeyRing>().Until);
    }

    static void AddPeople(this IServiceCollection services)
    {
        // The host brings the cluster; a command that only looks after clients and keys needs none.
        if (services.Any(service => service.ServiceType == typeof(IGrainFactory) || service.ServiceType == typeof(IClusterClient)))
        {
            services.AddClusterReadiness();
            services.AddHostedService(provider => provider.GetRequiredService<BackChannelLogout>());
        }
        services.AddSingleton<SharedSecrets>();
        services.AddSingleton(provider => new EidAccounts(provider.GetRequiredService<IGrainFactory>));
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<LogoutTokens>();
        services.AddHttpClient<BackChannelLogout>(http => http.Timeout = TimeSpan.FromSeconds(5))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // Addresses that change are seen by connections that end; a handler that ends would leave a timer that outlives the host.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<InteractionStore>();
        services.AddSingleton<IPruned>(provider => provider.GetRequiredService<InteractionStore>());
        services.AddSingleton<IPruned, GrantPruning>();
    }

    static void AddClientAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<SectorClients>();
        services.AddSingleton<RelyingParties.RelyingParties>();
        services.AddScoped<ClientAssertions>();
        services.AddSingleton<ClientCertificates>();
    }
}
