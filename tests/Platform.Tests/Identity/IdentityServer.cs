using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Identity;
using Platform.Identity.Clients;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>A running identity server on a port of its own, with a database that other instances can share.</summary>
public sealed class IdentityServer : IAsyncDisposable, IProvider
{
    public const string Issuer = "https://identity.example.vn/";
    public const string TokenEndpoint = Issuer + "connect/token";

    readonly WebApplication _app;

    IdentityServer(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public HttpClient Client { get; }

    public ProviderAddresses Addresses => ProviderAddresses.Ours;

    public IServiceProvider Services => _app.Services;

    public SectorClients Clients => Services.GetRequiredService<SectorClients>();

    public static async Task<IdentityServer> Start(
        IdentityPlace place, TimeProvider? clock = null, Dictionary<string, string?>? settings = null, ILoggerProvider? logs = null,
        IGrainFactory? grains = null)
    {
        var app = Build(place, clock, settings, grains);
        if (logs is not null)
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        }
        await app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new IdentityServer(app, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(addresses.First()) });
    }

    public static WebApplication Build(
        IdentityPlace place, TimeProvider? clock = null, Dictionary<string, string?>? settings = null, IGrainFactory? grains = null) =>
        IdentityHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Urls"] = "http://127.0.0.1:0",
                ["Identity:Issuer"] = Issuer,
                ["Identity:Database"] = place.Database,
                ["Identity:KeyRingDirectory"] = place.KeyRing,
                ["Identity:RequireHttps"] = "false",
                ["Identity:ClientCacheLifetime"] = "00:00:00",
            });
            builder.Configuration.AddInMemoryCollection(settings ?? []);
            if (grains is not null)
            {
                builder.Services.AddSingleton(grains);
            }
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }
        });

    public Task<HttpResponseMessage> PostToken(params (string Name, string Value)[] form) =>
        Client.PostAsync(
            "connect/token",
            new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            TestContext.Current.CancellationToken);

    /// <summary>Asks for a token with an assertion; an empty scope asks for none in particular.</summary>
    public Task<HttpResponseMessage> AskToken(string assertion, string scope = "") =>
        PostToken([
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
            .. scope.Length > 0 ? [("scope", scope)] : Array.Empty<(string, string)>(),
        ]);

    public async Task<JsonElement> GetJson(string path) =>
        await Client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
