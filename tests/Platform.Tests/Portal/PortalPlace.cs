using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Platform.Portal;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The portal in this process before an identity server and an API that do what a test says; its time stands still unless a test moves it.</summary>
public sealed class PortalPlace : IAsyncLifetime
{
    internal static readonly Uri Address = new("https://portal.example.vn/");
    internal static readonly Uri Issuer = new("https://identity.example.vn/");
    internal static readonly Uri ApiAddress = new("https://api.example.vn/");
    readonly string _folder = Directory.CreateTempSubdirectory("portal-").FullName;
    WebApplication? _app;

    internal FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero));

    internal FakeIdentity Identity { get; private set; } = null!;

    internal FakeApi Api { get; } = new();

    internal WebApplication App => _app!;

    /// <summary>Where keys and key ring are.</summary>
    internal string Folder => _folder;

    /// <summary>More settings, for one test.</summary>
    internal Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Who answers in the place of both fakes; null for the fakes.</summary>
    internal Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? Upstream { get; init; }

    /// <summary>False for a province without a counter.</summary>
    internal bool HasCounter { get; init; } = true;

    public async ValueTask InitializeAsync()
    {
        Identity = new FakeIdentity(Issuer, Clock);
        Samples.Teach(Api);
        _app = PortalHost.Build([], Configure);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal PortalBrowser Open(string language = "en") => new(_app!.GetTestServer(), Identity) { Language = language };

    /// <summary>A browser in which a citizen is logged in.</summary>
    internal async Task<PortalBrowser> LogIn(string language = "en")
    {
        var browser = Open(language);
        var page = await browser.Get("/login?return=/offline");
        Assert.True(page.Status == System.Net.HttpStatusCode.OK, page.Text);
        return browser;
    }

    /// <summary>A browser in which an officer is logged in at the counter.</summary>
    internal async Task<PortalBrowser> LogInOfficer(string language = "en")
    {
        var browser = Open(language);
        var page = await browser.Get("/counter/login?return=/offline");
        Assert.True(page.Status == System.Net.HttpStatusCode.OK, page.Text);
        return browser;
    }

    internal string KeyFile(string name)
    {
        var path = Path.Combine(_folder, name + ".jwk");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        File.WriteAllText(path, new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = name,
            ["alg"] = "ES256",
            ["x"] = Base64UrlEncoder.Encode(parameters.Q.X),
            ["y"] = Base64UrlEncoder.Encode(parameters.Q.Y),
            ["d"] = Base64UrlEncoder.Encode(parameters.D),
        }.ToJsonString());
        return path;
    }

    /// <summary>The public part of a key, as it is registered.</summary>
    internal string PublicKeys(string name)
    {
        var key = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name + ".jwk")))!;
        key.AsObject().Remove("d");
        return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
    }

    void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Portal:PublicAddress"] = Address.AbsoluteUri,
            ["Portal:Identity"] = Issuer.AbsoluteUri,
            ["Portal:Api"] = ApiAddress.AbsoluteUri,
            ["Portal:ClientId"] = "portal",
            ["Portal:KeyFile"] = KeyFile("portal"),
            ["Portal:KeyRingDirectory"] = Path.Combine(_folder, "ring"),
            ["Logging:LogLevel:Default"] = "None",
        });
        if (HasCounter)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Portal:Counter:ClientId"] = "counter",
                ["Portal:Counter:KeyFile"] = KeyFile("counter"),
                ["Portal:Counter:System"] = "one-stop",
                ["Portal:Counter:SystemKeyFile"] = KeyFile("one-stop"),
            });
        }
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.PostConfigureAll<HttpClientFactoryOptions>(options =>
            options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = new Province(this)));
    }

    sealed class Province(PortalPlace place) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            place.Upstream is { } upstream ? upstream(request, cancellationToken)
            : (request.RequestUri!.Host == Issuer.Host ? place.Identity.Answer(request) : place.Api.Answer(request)).WaitAsync(cancellationToken);
    }
}
