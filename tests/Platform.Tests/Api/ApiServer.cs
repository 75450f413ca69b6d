using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Api;
using Platform.Api.Callers;
using Platform.Hosting.Dpop;
using Platform.Tests.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>The whole API on an in-memory server, with fake grains behind it and two issuers: one trusted for systems, one for people.</summary>
sealed class ApiServer : IAsyncDisposable
{
    public const string System = "insurance";
    public const string Person = "067199000017";

    ApiServer(WebApplication app, FakeGrains grains, TestIssuer systems, TestIssuer people) =>
        (App, Grains, Systems, People, Client) = (app, grains, systems, people, app.GetTestClient());

    public WebApplication App { get; }

    public FakeGrains Grains { get; }

    public TestIssuer Systems { get; }

    public TestIssuer People { get; }

    public HttpClient Client { get; }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<ApiServer> Start(params (string Key, string Value)[] settings) => Start(new FakeGrains(), settings);

    /// <summary>An instance that shares its cluster with another.</summary>
    public static async Task<ApiServer> Start(FakeGrains grains, params (string Key, string Value)[] settings)
    {
        var systems = new TestIssuer("https://systems.test/");
        var people = new TestIssuer("https://people.test/");
        var app = ApiHost.Build([], builder =>
        {
            builder.WebHost.UseTestServer();
            Configure(builder, grains, systems, people, settings);
        });
        await app.StartAsync(Ct);
        return new ApiServer(app, grains, systems, people);
    }

    /// <summary>Settings of a host that trusts the two issuers.</summary>
    public static void Configure(WebApplicationBuilder builder, FakeGrains grains, TestIssuer systems, TestIssuer people, params (string Key, string Value)[] settings)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:TrustedIssuers:0:Issuer"] = systems.Issuer,
            ["Api:TrustedIssuers:0:Kinds:0"] = "System",
            ["Api:TrustedIssuers:1:Issuer"] = people.Issuer,
            ["Api:TrustedIssuers:1:Kinds:0"] = "Person",
            ["Api:TrustedIssuers:1:LiveSessions"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(grains.Factory);
        foreach (var issuer in new[] { systems, people })
        {
            builder.Services.Configure<JwtBearerOptions>(Tokens.SchemeOf(issuer.Issuer), options => options.BackchannelHttpHandler = issuer);
        }
    }

    public string SystemToken(params string[] scopes) => Systems.System(System, scopes);

    public string CitizenToken(params string[] scopes) => People.Citizen(Person, 2, scopes);

    public string StaffToken(params string[] scopes) => People.Staff("staff-7", 2, ["rule-owner"], scopes);

    public Task<ApiAnswer> Get(string path, string? token) => Send(HttpMethod.Get, path, token);

    /// <summary>As a client does that holds a key: with a proof made by <paramref name="key"/> for this request and token.</summary>
    public Task<ApiAnswer> SendProved(string path, string token, ProofMaker key, string? nonce = FakeProofs.Nonce, Action<JsonObject>? change = null)
    {
        var claims = ProofMaker.Claims("GET", $"http://localhost{path}", TimeProvider.System.GetUtcNow());
        claims["ath"] = DpopProof.HashOf(token);
        claims["nonce"] = nonce;
        if (nonce is null)
        {
            claims.Remove("nonce");
        }

        change?.Invoke(claims);
        return SendWith(path, $"DPoP {token}", key.Make(claims));
    }

    public async Task<ApiAnswer> SendWith(string path, string authorization, params string[] proofs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("DPoP", proofs);
        return await Send(request);
    }

    public async Task<ApiAnswer> Send(
        HttpMethod method, string path, string? token, string? body = null, string contentType = "application/json", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await Send(request);
    }

    public async Task<ApiAnswer> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        var answer = new ApiAnswer(
            (int)response.StatusCode,
            text.Length == 0 ? default : JsonElement.Parse(text),
            text,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        if (answer.Status >= 400 && request.RequestUri!.OriginalString.StartsWith("/v1/", StringComparison.Ordinal))
        {
            PublishedCodes.AssertPublished(request.Method, request.RequestUri.OriginalString, answer);
        }

        return answer;
    }

    /// <summary>As happens by itself after ten minutes.</summary>
    public async Task RefreshKeys(TestIssuer issuer)
    {
        var options = App.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(Tokens.SchemeOf(issuer.Issuer));
        var manager = Assert.IsType<ConfigurationManager<OpenIdConnectConfiguration>>(options.ConfigurationManager);
        options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            manager.MetadataAddress, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(new HttpClient(issuer, disposeHandler: false)));
        await options.ConfigurationManager.GetConfigurationAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}

sealed record ApiAnswer(int Status, JsonElement Json, string Text, string? ContentType, Dictionary<string, string> Headers)
{
    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public void AssertRefused(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        foreach (var member in new[] { "title", "titleVi", "detail", "detailVi" })
        {
            Assert.NotEmpty(Json.GetProperty(member).GetString()!);
        }
    }

    public JsonElement AssertOk()
    {
        Assert.True(Status == 200, $"{Status}: {Text}");
        return Json;
    }
}
