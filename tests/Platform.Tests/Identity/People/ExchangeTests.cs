using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>A sector system acts for an official who logged in at its own relying party.</summary>
public sealed class ExchangeTests : IAsyncLifetime
{
    const string System = "insurance";
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task The_system_gets_a_token_that_names_the_official_and_who_acts()
    {
        var (key, token) = await Prepare();

        var answer = await Relying.Json(await Exchange(key, token));

        var issued = new JsonWebToken(answer.GetProperty("access_token").GetString());
        Assert.Equal((System, _people.Person.Reveal()), (issued.GetClaim("client_id").Value, issued.GetClaim("personal_id").Value));
        Assert.Equal($$"""{"sub":"{{System}}"}""", issued.GetClaim("act").Value);
        Assert.Equal("disclosures.request", issued.GetClaim("scope").Value);
        Assert.Equal(["urn:platform:api"], issued.Audiences);
        Assert.True(issued.ValidTo <= new JsonWebToken(token).ValidTo);
    }

    [Fact]
    public async Task Nobody_acts_for_an_official_whose_session_has_ended_or_is_of_level_1_only()
    {
        var (key, token) = await Prepare();
        await _people.Account.LowerLevel(new Contracts.AuthorityCall { Official = "officer-1", Reason = "order 1" });
        await Relying.IsError(await Exchange(key, token), "invalid_grant");

        var (again, fresh) = await Prepare("court", raise: true);
        await _people.Account.EndSessions("test", null);
        await Relying.IsError(await Exchange(again, fresh, "court"), "invalid_grant");
    }

    [Fact]
    public async Task A_token_of_another_relying_party_or_one_that_was_exchanged_already_is_refused()
    {
        var (key, token) = await Prepare();
        var exchanged = (await Relying.Json(await Exchange(key, token))).GetProperty("access_token").GetString()!;
        await Relying.IsError(await Exchange(key, exchanged), "invalid_grant");

        var other = await _people.Register("portal");
        var answer = await _people.Open().Authorize(await other.PushedAddress());
        var foreign = (await Relying.Json(await other.Redeem(answer["code"]))).GetProperty("access_token").GetString()!;
        await Relying.IsError(await Exchange(key, foreign), "invalid_grant");
    }

    [Fact]
    public async Task A_scope_that_the_system_is_not_registered_for_is_refused()
    {
        var (key, token) = await Prepare();

        await Relying.IsError(await Exchange(key, token, scope: "me.read"), "invalid_scope");
    }

    [Fact]
    public async Task A_desk_at_which_officials_also_work_themselves_hands_on_the_same_token()
    {
        var (key, token) = await Prepare(scopes: "openid reports.answer");

        var audiences = new JsonWebToken(token).Audiences.ToArray();
        Assert.Contains(System, audiences);
        Assert.Contains("urn:platform:api", audiences);
        var issued = new JsonWebToken((await Relying.Json(await Exchange(key, token))).GetProperty("access_token").GetString());

        Assert.Equal((System, _people.Person.Reveal(), "disclosures.request"), (
            issued.GetClaim("client_id").Value, issued.GetClaim("personal_id").Value, issued.GetClaim("scope").Value));
        Assert.False(issued.TryGetClaim("roles", out _));
        await _people.Account.EndSessions("test", null);
        await Relying.IsError(await Exchange(key, token), "invalid_grant");
    }

    [Fact]
    public async Task A_system_that_proves_a_key_gets_a_token_bound_to_it()
    {
        var (key, token) = await Prepare();
        var signer = new DpopSigner();
        var first = await Exchange(key, token, proof: signer.Proof("POST", IdentityServer.TokenEndpoint, null));
        await Relying.IsError(first, "use_dpop_nonce");

        var answer = await Relying.Json(await Exchange(key, token, proof: signer.Proof("POST", IdentityServer.TokenEndpoint, first.Headers.GetValues("DPoP-Nonce").Single())));

        Assert.Equal("DPoP", answer.GetProperty("token_type").GetString());
        Assert.Equal($$"""{"jkt":"{{signer.Thumbprint}}"}""", new JsonWebToken(answer.GetProperty("access_token").GetString()).GetClaim("cnf").Value);
    }

    async Task<(SectorKey Key, string Token)> Prepare(string system = System, bool raise = false, string scopes = "openid")
    {
        if (raise)
        {
            await _people.Account.RaiseLevel(new Contracts.RaiseLevelCall
            {
                Official = "officer-1",
                Place = "Gia Nghĩa",
                Biometric = "face",
                At = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            });
        }

        var key = SectorKey.Es256();
        await _people.Server.Clients.Register(key.Registration(system), TestContext.Current.CancellationToken);
        var desk = await _people.Register($"{system}-desk", registration => registration with { System = system, Scopes = scopes.Split(' ') });
        var answer = await _people.Open().Authorize(await desk.PushedAddress(("scope", scopes)));
        return (key, (await Relying.Json(await desk.Redeem(answer["code"]))).GetProperty("access_token").GetString()!);
    }

    async Task<HttpResponseMessage> Exchange(SectorKey key, string token, string system = System, string scope = "disclosures.request", string? proof = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = token,
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["scope"] = scope,
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = key.Assert(system, TimeProvider.System.GetUtcNow()),
            }),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await _people.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
