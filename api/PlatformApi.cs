using Platform.Api.Callers;
using Platform.Api.Catalogue;
using Platform.Api.ConsentRequests;
using Platform.Api.Disclosures;
using Platform.Api.Documents;
using Platform.Api.Input;
using Platform.Api.Limits;
using Platform.Api.Me;
using Platform.Api.OpenApi;
using Platform.Api.Presentations;
using Platform.Api.Problems;
using Platform.Api.Reports;
using Platform.Api.RuleBooks;
using Platform.Api.Systems;
using Platform.Hosting;
using Platform.Hosting.Cluster;
using Platform.Hosting.Forwarding;
using Platform.Hosting.Health;
using Platform.Hosting.Mtls;

namespace Platform.Api;

/// <summary>What the API is made of; it needs an <see cref="IGrainFactory"/> that the host brings.</summary>
public static class PlatformApi
{
    /// <summary>Adds everything but the grain factory; configuration must stand already.</summary>
    public static void AddPlatformApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddPlatformHosting();
        builder.Logging.AddFilter(typeof(UnknownIssuer).FullName, LogLevel.Warning);
        builder.Services.AddCheckedOptions<ApiOptions>(ApiOptions.Section);
        builder.Services.AddTokens(builder.Configuration.GetSection(ApiOptions.Section).Get<ApiOptions>()?.TrustedIssuers ?? []);
        builder.AddMtlsPort("Api:Mtls");
        builder.AddPlatformForwardedHeaders($"{ApiOptions.Section}:ForwardedHeaders");
        builder.Services.AddPolicies();
        builder.Services.AddSingleton<CallerLimits>();
        builder.Services.AddSingleton<FailureLimiter>();
        builder.Services.AddSingleton<RuleNames>();
        builder.Services.AddScoped<Again>();
        builder.Services.AddExceptionHandler<Faults>();
        builder.Services.ConfigureHttpJsonOptions(json => StrictJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.AddDescription();
        builder.Services.AddClusterReadiness();
    }

    /// <summary>Puts the pipeline together and maps all routes.</summary>
    public static void MapPlatformApi(this WebApplication app)
    {
        app.UsePlatformForwardedHeaders();
        app.UseStatusCodePages(BareStatus.Describe);
        app.UseExceptionHandler(_ => { });
        app.Use(NeverKeep);
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), routes => routes.UseMiddleware<InFlight>());
        app.UseRouting();
        app.Use(BareStatus.AnswerUnrouted);
        app.UseAuthentication();
        app.UseMiddleware<SenderBinding>();
        app.Use(app.Services.GetRequiredService<CallerLimits>().Apply);
        app.UseMiddleware<ProofUse>();
        app.UseMiddleware<LiveSession>();
        app.UseAuthorization();

        app.MapPlatformHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

        var v1 = app.MapGroup("/v1").AddEndpointFilter<RefuseWrongInput>();
        v1.MapDisclosures();
        v1.MapDocuments();
        v1.MapCatalogue();
        v1.MapMe();
        v1.MapConsentRequests();
        v1.MapPresentations();
        v1.MapReports();
        v1.MapRuleBooks();
        v1.MapSystems();
    }

    // What is answered is about people: no proxy and no browser may keep it.
    static Task NeverKeep(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
