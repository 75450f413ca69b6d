using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class RefusalTests : IAsyncLifetime
{
    const string Client = "bhxh-dak-nong";
    const string BearerAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    readonly IdentityPlace _place = new();
    readonly SectorKey _key = SectorKey.Es256();
    IdentityServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _server = await IdentityServer.Start(_place);
        await _server.Clients.Register(_key.Registration(Client), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    public static TheoryData<string, Action<Dictionary<string, object>>> BrokenClaims => new()
    {
        { "expired", claims => claims["exp"] = Now.AddMinutes(-2).ToUnixTimeSeconds() },
        { "without expiry", claims => claims.Remove("exp") },
        { "with a textual expiry", claims => claims["exp"] = "tomorrow" },
        { "with a negative expiry", claims => claims["exp"] = -1 },
        { "with an endless expiry", claims => claims["exp"] = 1e300 },
        { "good for too long", claims => claims["exp"] = Now.AddMinutes(10).ToUnixTimeSeconds() },
        { "not valid yet", claims => claims["nbf"] = Now.AddMinutes(3).ToUnixTimeSeconds() },
        { "issued in the future", claims => claims["iat"] = Now.AddMinutes(3).ToUnixTimeSeconds() },
        { "without id", claims => claims.Remove("jti") },
        { "with an empty id", claims => claims["jti"] = "" },
        { "with an endless id", claims => claims["jti"] = new string('x', 257) },
        { "for somebody else", claims => claims["aud"] = "https://other.example.vn/" },
        { "for a path below us", claims => claims["aud"] = IdentityServer.Issuer + "other" },
        { "for nobody", claims => claims.Remove("aud") },
        { "for an empty list", claims => claims["aud"] = Array.Empty<string>() },
        { "of another subject", claims => claims["sub"] = "evn-dak-nong" },
        { "without subject", claims => claims.Remove("sub") },
        { "without issuer", claims => claims.Remove("iss") },
        { "of an unknown client", claims => claims["iss"] = claims["sub"] = "nobody" },
    };

    [Theory]
    [MemberData(nameof(BrokenClaims), DisableDiscoveryEnumeration = true)]
    public async Task An_assertion_is_refused_when_it_is(string what, Action<Dictionary<string, object>> spoil)
    {
        Assert.NotEmpty(what);
        await IsRefused(_key.Assert(Client, Now, spoil));
    }

    [Fact]
    public async Task An_assertion_signed_with_another_key_is_refused() => await IsRefused(SectorKey.Es256().Assert(Client, Now));

    [Fact]
    public async Task An_unsigned_assertion_is_refused()
    {
        var parts = _key.Assert(Client, Now).Split('.');

        await IsRefused($"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.");
        await IsRefused($"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.{parts[2]}");
        await IsRefused($"{parts[0]}.{parts[1]}.");
    }

    [Fact]
    public async Task An_assertion_signed_with_a_shared_secret_is_refused_even_if_the_secret_is_the_public_key() =>
        await IsRefused(SectorKey.Secret(_key.PublicJwk).Assert(Client, Now));

    [Theory]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS512")]
    public async Task An_algorithm_that_is_not_offered_is_refused(string algorithm)
    {
        var key = SectorKey.Rsa(algorithm);
        await _server.Clients.Register(key.Registration("tax-dak-nong"), Ct);

        await IsRefused(key.Assert("tax-dak-nong", Now));
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("dpop+jwt")]
    [InlineData("secevent+jwt")]
    public async Task A_token_made_for_something_else_is_refused(string type) => await IsRefused(_key.Assert(Client, Now, type: type));

    [Fact]
    public async Task An_assertion_of_another_client_than_the_one_named_is_refused()
    {
        var response = await _server.PostToken(
            ("grant_type", "client_credentials"),
            ("client_id", "evn-dak-nong"),
            ("client_assertion_type", BearerAssertion),
            ("client_assertion", _key.Assert(Client, Now)));

        await IsError(response, "invalid_client");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.bm8ganNvbg.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOlsxXX0.c2ln")]
    public async Task A_text_that_is_no_assertion_is_refused(string text)
    {
        var response = await _server.PostToken(
            ("grant_type", "client_credentials"), ("client_assertion_type", BearerAssertion), ("client_assertion", text));

        Assert.Contains(await Error(response), new[] { "invalid_client", "invalid_request" });
    }

    [Fact]
    public async Task A_critical_header_is_refused()
    {
        var parts = _key.Assert(Client, Now).Split('.');

        await IsRefused($"{Base64UrlEncoder.Encode("""{"alg":"ES256","crit":["b64"],"b64":false}""")}.{parts[1]}.{parts[2]}");
    }

    [Fact]
    public async Task A_used_assertion_is_refused()
    {
        var assertion = _key.Assert(Client, Now);

        Assert.Equal(HttpStatusCode.OK, (await _server.AskToken(assertion)).StatusCode);
        await IsRefused(assertion);
    }

    [Fact]
    public async Task An_assertion_used_on_one_instance_is_refused_on_another()
    {
        await using var second = await IdentityServer.Start(_place);
        var assertion = _key.Assert(Client, Now);

        Assert.Equal(HttpStatusCode.OK, (await _server.AskToken(assertion)).StatusCode);
        await IsError(await second.AskToken(assertion), "invalid_client");
    }

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_assertion_exactly_one_succeeds()
    {
        await using var second = await IdentityServer.Start(_place);
        var assertion = _key.Assert(Client, Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(turn => (turn % 2 == 0 ? _server : second).AskToken(assertion)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_refused_assertion_does_not_use_up_its_id()
    {
        var id = Guid.NewGuid().ToString();
        await IsRefused(_key.Assert(Client, Now, claims => (claims["jti"], claims["aud"]) = (id, "https://other.example.vn/")));

        var response = await _server.AskToken(_key.Assert(Client, Now, claims => claims["jti"] = id));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_disabled_system_is_refused_until_it_is_enabled_again()
    {
        await _server.Clients.SetEnabled(Client, false, Ct);
        await IsRefused(_key.Assert(Client, Now));

        await _server.Clients.SetEnabled(Client, true, Ct);
        Assert.Equal(HttpStatusCode.OK, (await _server.AskToken(_key.Assert(Client, Now))).StatusCode);
    }

    [Fact]
    public async Task Registering_again_does_not_enable_a_disabled_system()
    {
        await _server.Clients.SetEnabled(Client, false, Ct);
        await _server.Clients.Register(_key.Registration(Client), Ct);

        await IsRefused(_key.Assert(Client, Now));
    }

    [Fact]
    public async Task A_replaced_key_is_refused_and_its_successor_accepted()
    {
        var next = SectorKey.Es256();
        await _server.Clients.Register(next.Registration(Client), Ct);

        await IsRefused(_key.Assert(Client, Now));
        Assert.Equal(HttpStatusCode.OK, (await _server.AskToken(next.Assert(Client, Now))).StatusCode);
    }

    [Fact]
    public async Task Unknown_disabled_and_wrongly_signed_look_alike()
    {
        var unknown = await Description(_key.Assert("nobody", Now));
        var forged = await Description(SectorKey.Es256().Assert(Client, Now));
        await _server.Clients.SetEnabled(Client, false, Ct);
        var disabled = await Description(_key.Assert(Client, Now));

        Assert.Equal(unknown, forged);
        Assert.Equal(unknown, disabled);
    }

    [Theory]
    [InlineData("documents.push")]
    [InlineData("disclosures.request documents.push")]
    [InlineData("openid")]
    [InlineData("offline_access")]
    [InlineData("no.such.scope")]
    public async Task A_scope_the_system_is_not_registered_for_is_refused(string scope)
    {
        var error = await Error(await _server.AskToken(_key.Assert(Client, Now), scope));

        Assert.Equal(scope == "offline_access" ? "invalid_request" : "invalid_scope", error);
    }

    [Fact]
    public async Task A_client_secret_is_refused_however_it_is_sent()
    {
        await IsError(
            await _server.PostToken(("grant_type", "client_credentials"), ("client_id", Client), ("client_secret", "hunter2-hunter2")),
            "invalid_client");

        using var basic = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client}:secret"))) },
        };
        await IsError(await _server.Client.SendAsync(basic, Ct), "invalid_client");
    }

    [Fact]
    public async Task A_request_without_any_authentication_is_refused() =>
        await IsError(await _server.PostToken(("grant_type", "client_credentials"), ("client_id", Client)), "invalid_client");

    [Fact]
    public async Task An_assertion_of_another_kind_is_refused() =>
        await IsError(
            await _server.PostToken(
                ("grant_type", "client_credentials"),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
                ("client_assertion", _key.Assert(Client, Now))),
            "invalid_client");

    [Theory]
    [InlineData("password")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    public async Task Another_grant_type_is_refused(string grantType) =>
        await IsError(
            await _server.PostToken(
                ("grant_type", grantType), ("client_assertion_type", BearerAssertion), ("client_assertion", _key.Assert(Client, Now))),
            "unsupported_grant_type");

    [Fact]
    public async Task A_token_request_by_GET_is_refused()
    {
        var response = await _server.Client.GetAsync(new Uri("connect/token?grant_type=client_credentials", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    async Task<string> Description(string assertion) =>
        (await (await _server.AskToken(assertion)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error_description").GetString()!;

    async Task IsRefused(string assertion) => await IsError(await _server.AskToken(assertion), "invalid_client");

    static async Task IsError(HttpResponseMessage response, string error)
    {
        Assert.Equal(error, await Error(response));
        Assert.Equal(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, response.StatusCode);
    }

    static async Task<string> Error(HttpResponseMessage response)
    {
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.False(answer.TryGetProperty("access_token", out _));
        return answer.GetProperty("error").GetString()!;
    }
}
