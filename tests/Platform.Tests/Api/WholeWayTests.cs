using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api;
using Platform.Api.Callers;
using Platform.Contracts;
using Platform.Tests.Identity;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Two identity servers and two APIs in front of one real silo: what the one issues the other takes, until the session says no.</summary>
public sealed class WholeWayTests : IAsyncLifetime
{
    readonly WebApplication[] _apis = new WebApplication[2];
    PeopleServer _people = null!;
    string? _nonce;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleServer.Start(instances: 2);
        for (var instance = 0; instance < _apis.Length; instance++)
        {
            _apis[instance] = ApiHost.Build([], Configure);
            await _apis[instance].StartAsync(Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in _apis)
        {
            await api.DisposeAsync();
        }

        await _people.DisposeAsync();
    }

    [Theory]
    [InlineData("ended", 401, "session.ended")]
    [InlineData("locked", 401, "session.ended")]
    [InlineData("lowered", 403, "identity.level-too-low")]
    public async Task What_happens_to_the_account_counts_at_the_next_call_everywhere(string what, int status, string code)
    {
        var portal = await _people.Register();
        var first = await LogIn(portal, server: 0);
        var second = await LogIn(portal, server: 1);
        foreach (var token in new[] { first, second })
        {
            await Tell(portal, token, 200, null);
        }

        var authority = new AuthorityCall { Official = "officer-1", Reason = "order 1" };
        await (what switch
        {
            "ended" => _people.Account.EndSessions("test", null),
            "locked" => _people.Account.Lock(new LockCall { By = EidLockedBy.Holder }),
            _ => _people.Account.LowerLevel(authority),
        });

        foreach (var token in new[] { first, second })
        {
            await Tell(portal, token, status, code);
        }
    }

    [Fact]
    public async Task What_a_relying_party_gave_back_is_refused_everywhere_also_after_the_next_silent_login()
    {
        const string System = "insurance";
        var key = SectorKey.Es256();
        await _people.Server.Clients.Register(key.Registration(System), Ct);
        var desk = await _people.Register("desk", registration => registration with { System = System });
        var browser = _people.Open();
        var old = await LogIn(desk, server: 0, browser);
        var exchanged = await Exchange(key, System, old);
        await Tell(desk, old, 200, null);

        Assert.True((await desk.Post("connect/revoke", new(desk.Authentication().Append(("token", old)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2!))))).IsSuccessStatusCode);
        await Tell(desk, old, 401, "session.ended");
        var fresh = await LogIn(desk, server: 1, browser);

        await Tell(desk, old, 401, "session.ended");
        await Tell(desk, fresh, 200, null);
        Assert.Equal("session.ended", (await Ask(_apis[1], exchanged, Body())).GetProperty("code").GetString());
        Assert.True((await Ask(_apis[1], await Exchange(key, System, fresh), Body())).TryGetProperty("ledger", out _));
    }

    [Fact]
    public async Task One_ended_session_leaves_the_other_alone()
    {
        var portal = await _people.Register();
        var (first, second) = (await LogIn(portal, server: 0), await LogIn(portal, server: 1));
        var session = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(first).GetClaim("sid").Value;

        await _people.Account.EndSession(session, "test");

        await Tell(portal, first, 401, "session.ended");
        await Tell(portal, second, 200, null);
    }

    [Fact]
    public async Task A_session_that_the_citizen_ends_and_the_lock_count_at_the_next_call_everywhere()
    {
        var portal = await _people.Register(change: registration => registration with { Scopes = [.. registration.Scopes, "me.account"] });
        var scope = ("scope", (string?)"openid me.read me.account");
        var (first, second, third) = (await LogIn(portal, 0, null, scope), await LogIn(portal, 1, null, scope), await LogIn(portal, 0, null, scope));
        var account = await Own(portal, first, HttpMethod.Get, "");
        var sessions = account.GetProperty("sessions").EnumerateArray().ToArray();
        Assert.Equal([true, false, false], sessions.Select(session => session.GetProperty("current").GetBoolean()));
        Assert.Equal("portal", sessions[0].GetProperty("parties")[0].GetProperty("clientId").GetString());

        // The newest of the others is the third.
        await Own(portal, first, HttpMethod.Post, $"/sessions/{sessions[1].GetProperty("ref").GetString()}/end");
        await Tell(portal, third, 401, "session.ended");
        await Tell(portal, second, 200, null);

        await Own(portal, first, HttpMethod.Post, "/sessions/end-others");
        await Tell(portal, second, 401, "session.ended");
        await Tell(portal, first, 200, null);

        await Own(portal, first, HttpMethod.Post, "/lock");
        await Tell(portal, first, 401, "session.ended");
        Assert.Equal(EidState.Locked, (await _people.Account.GetAccount())!.State);
    }

    [Fact]
    public async Task Of_one_proof_sent_to_both_instances_at_once_one_counts()
    {
        var portal = await _people.Register();
        var token = await LogIn(portal, server: 0);
        await Tell(portal, token, 200, null);
        var proof = portal.Dpop.Proof("GET", "http://localhost/v1/me", _nonce, token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Call(_apis[index % 2], "DPoP", token, proof)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(7, answers.Count(answer => answer.Code == "token.proof-replayed"));
    }

    [Fact]
    public async Task A_stolen_token_opens_nothing()
    {
        var portal = await _people.Register();
        var token = await LogIn(portal, server: 0);
        await Tell(portal, token, 200, null);

        Assert.Equal((401, "token.proof-missing"), await Call(_apis[0], "Bearer", token, null));
        Assert.Equal((401, "token.proof-invalid"), await Call(_apis[1], "DPoP", token, new DpopSigner().Proof("GET", "http://localhost/v1/me", _nonce, token)));
    }

    [Fact]
    public async Task A_system_acts_for_an_official_until_the_officials_session_ends()
    {
        const string System = "insurance";
        var key = SectorKey.Es256();
        await _people.Server.Clients.Register(key.Registration(System), Ct);
        var desk = await _people.Register("desk", registration => registration with { System = System, Scopes = ["openid"] });
        var login = await _people.Open().Authorize(await desk.PushedAddress(("scope", "openid")));
        var official = (await Relying.Json(await desk.Redeem(login["code"]))).GetProperty("access_token").GetString()!;
        var exchanged = await Exchange(key, System, official);
        var body = Body();

        var decided = await Ask(_apis[0], exchanged, body);
        Assert.True(decided.TryGetProperty("ledger", out _), decided.GetRawText());

        await _people.Account.EndSessions("test", null);
        foreach (var api in _apis)
        {
            Assert.Equal("session.ended", (await Ask(api, exchanged, body)).GetProperty("code").GetString());
        }
    }

    void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:TrustedIssuers:0:Issuer"] = IdentityServer.Issuer,
            ["Api:TrustedIssuers:0:Kinds:0"] = "System",
            ["Api:TrustedIssuers:0:Kinds:1"] = "Person",
        });
        builder.Services.AddSingleton(_people.Silo.Services.GetRequiredService<IGrainFactory>());
        builder.Services.Configure<JwtBearerOptions>(
            Tokens.SchemeOf(IdentityServer.Issuer), options => options.BackchannelHttpHandler = new ToIdentity(_people.Server.Client.BaseAddress!));
    }

    string Body() => Bodies.With(
        Bodies.With(Bodies.Disclosure, "/subject/personalId", _people.Person.Reveal()), "/official", new JsonObject { ["role"] = "officer" });

    async Task<string> Exchange(SectorKey key, string system, string official) => (await Relying.Json(await _people.Server.PostToken(
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", official),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("scope", "disclosures.request"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", key.Assert(system, TimeProvider.System.GetUtcNow()))))).GetProperty("access_token").GetString()!;

    async Task<string> LogIn(Relying portal, int server, Browser? browser = null, params (string Name, string? Value)[] scope)
    {
        portal.Server = _people.Servers[server];
        browser ??= _people.Open();
        browser.Server = _people.Servers[server];
        var login = await browser.Authorize(await portal.PushedAddress(scope));
        return (await Relying.Json(await portal.Redeem(login["code"]))).GetProperty("access_token").GetString()!;
    }

    /// <summary>Asks both APIs as the holder of the key does: a nonce that is not current is answered with the one that is.</summary>
    async Task Tell(Relying portal, string token, int status, string? code)
    {
        foreach (var api in _apis)
        {
            var answer = await Call(api, "DPoP", token, portal.Dpop.Proof("GET", "http://localhost/v1/me", _nonce, token));
            if (answer.Code == "token.nonce-needed")
            {
                answer = await Call(api, "DPoP", token, portal.Dpop.Proof("GET", "http://localhost/v1/me", _nonce, token));
            }

            Assert.Equal((status, code), answer);
        }
    }

    /// <summary>Asks the first API about the person's own account, once more with the nonce that it wants.</summary>
    async Task<JsonElement> Own(Relying portal, string token, HttpMethod method, string path)
    {
        using var client = _apis[0].GetTestClient();
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, $"/v1/me/account{path}");
            request.Headers.Authorization = new("DPoP", token);
            request.Headers.Add("DPoP", portal.Dpop.Proof(method.Method, $"http://localhost/v1/me/account{path}", _nonce, token));
            using var response = await client.SendAsync(request, Ct);
            _nonce = response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : _nonce;
            if (response.IsSuccessStatusCode)
            {
                return method == HttpMethod.Get ? await response.Content.ReadFromJsonAsync<JsonElement>(Ct) : default;
            }

            Assert.True(attempt == 0, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Ct)}");
        }
    }

    async Task<(int Status, string? Code)> Call(WebApplication api, string scheme, string token, string? proof)
    {
        using var client = api.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me");
        request.Headers.Authorization = new(scheme, token);
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        using var response = await client.SendAsync(request, Ct);
        if (response.Headers.TryGetValues("DPoP-Nonce", out var nonces))
        {
            _nonce = nonces.Single();
        }

        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return ((int)response.StatusCode, json.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    static async Task<JsonElement> Ask(WebApplication api, string token, string body)
    {
        using var client = api.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var response = await client.PostAsync(new Uri("/v1/disclosures", UriKind.Relative), new StringContent(body, null, "application/json"), Ct);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>Finds the identity server where it listens in this test, under the name that it has.</summary>
    sealed class ToIdentity(Uri address) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
