using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Web;
using Platform.EndToEnd.Logins;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>npm oidc-provider in a process of its own, as strict as our server is; all its tests share it. Skips them where there is no Node, except in CI.</summary>
[CollectionDefinition(Name)]
public sealed class OraclePlace : ConformancePlace, ICollectionFixture<OraclePlace>, IAsyncLifetime
{
    public const string Name = "npm oidc-provider";

    readonly NodePeers _peers = new();
    Oracle? _oracle;
    Process? _process;
    Relying? _client;
    Relying? _other;

    internal override Relying Client => _client!;

    internal override Relying Other => _other!;

    public ValueTask InitializeAsync() => _peers.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _oracle?.Client.Dispose();
        await _peers.DisposeAsync();
    }

    internal override async ValueTask Begin()
    {
        if (_process is not null)
        {
            return;
        }

        var port = FreePorts.Next();
        var oracle = new Oracle(port);
        var (client, other) = (new Relying("client-one", oracle), new Relying("client-two", oracle));
        var process = _peers.Start("conformance.mjs", _peers.Keep("conformance.json", JsonSerializer.Serialize(new
        {
            port,
            redirectUri = Relying.Redirect,
            loggedOut = Relying.LoggedOut,
            clients = new[] { client, other }.Select(one => new { id = one.ClientId, jwks = JsonElement.Parse(one.Key.Jwks) }),
        })));
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line == "ready", line is null ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : line);
        (_oracle, _client, _other, _process) = (oracle, client, other, process);
    }

    internal override IBrowser Open() => new OracleBrowser(_oracle!);

    internal override void IsShown(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    internal override void IsRefused(HttpResponseMessage answer)
    {
        var sent = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        Assert.Equal(("invalid_request", null), (sent["error"], sent["code"]));
    }

    // RFC 6749, section 5.2 lets a server say 400 or 401; what is no complete assertion it may also call an invalid request.
    internal override async Task IsNotAuthenticated(HttpResponseMessage answer)
    {
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(body.GetProperty("error").GetString(), new[] { "invalid_client", "invalid_request" });
        Assert.InRange((int)answer.StatusCode, 400, 401);
    }

    sealed class Oracle(int port) : IProvider
    {
        public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://localhost:{port}/") };

        public ProviderAddresses Addresses { get; } = new($"http://localhost:{port}", "auth", "request", "token", "me");
    }

    /// <summary>Its pages ask nothing: the person agrees to everything, or with a header to nothing.</summary>
    sealed class OracleBrowser(Oracle oracle) : IBrowser
    {
        const int MostSteps = 10;
        readonly CookieContainer _cookies = new();

        public Task<HttpResponseMessage> Get(string address) => Get(new Uri(oracle.Client.BaseAddress!, address), refuses: false);

        public Task<Dictionary<string, string>> Authorize(string address) => Go(address, refuses: false);

        public Task<Dictionary<string, string>> Refuse(string address) => Go(address, refuses: true);

        async Task<Dictionary<string, string>> Go(string address, bool refuses)
        {
            var at = new Uri(oracle.Client.BaseAddress!, address);
            for (var step = 0; step < MostSteps; step++)
            {
                using var answer = await Get(at, refuses);
                Assert.True(answer.Headers.Location is not null, $"{(int)answer.StatusCode} at {at.AbsolutePath}");
                at = new Uri(at, answer.Headers.Location);
                if (at.AbsoluteUri.StartsWith(Relying.Redirect, StringComparison.Ordinal))
                {
                    var query = HttpUtility.ParseQueryString(at.Query);
                    return query.AllKeys.ToDictionary(name => name!, name => query[name]!);
                }
            }

            throw new InvalidOperationException("The provider's pages go round in circles.");
        }

        async Task<HttpResponseMessage> Get(Uri address, bool refuses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Cookie", _cookies.GetCookieHeader(address));
            if (refuses)
            {
                request.Headers.Add("X-Refuse", "1");
            }

            var answer = await oracle.Client.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(address, cookie);
            }

            return answer;
        }
    }
}
