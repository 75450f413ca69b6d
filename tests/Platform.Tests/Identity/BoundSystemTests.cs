using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Identity.Clients;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>Sector systems whose tokens are good in nobody else's hands: what a registration gives unless it says otherwise.</summary>
public sealed class BoundSystemTests : IAsyncLifetime
{
    const string Bound = "bhxh-dak-nong";
    const string Free = "tax-dak-nong";

    readonly IdentityPlace _place = new();
    readonly SectorKey _key = SectorKey.Es256();
    readonly SectorKey _rsa = SectorKey.Rsa("RS256", 2048);
    readonly DpopSigner _dpop = new();
    IdentityServer _server = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _server = await IdentityServer.Start(_place);
        await _server.Clients.Register(new SectorClientRegistration(Bound, "Bảo hiểm", _key.Jwks, [SectorScopes.CatalogueRead]), Ct);
        await _server.Clients.Register(_key.Registration(Free), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Without_a_proof_there_is_no_token_and_the_answer_says_what_to_send()
    {
        var answer = await Ask(_key.Assert(Bound, Now), null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("invalid_dpop_proof", told.GetProperty("error").GetString());
        Assert.Contains("DPoP proof", told.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        Assert.False(told.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task With_a_proof_the_token_is_bound_to_its_key()
    {
        var token = await Token(await Prove(Bound));

        Assert.Equal(_dpop.Thumbprint, JsonElement.Parse(token.GetClaim("cnf").Value).GetProperty("jkt").GetString());
    }

    [Fact]
    public async Task A_system_that_was_registered_as_unbound_gets_either()
    {
        Assert.False((await Token(await Ask(_key.Assert(Free, Now), null))).TryGetClaim("cnf", out _));
        Assert.True((await Token(await Prove(Free))).TryGetClaim("cnf", out _));
    }

    [Fact]
    public async Task A_replaced_registration_counts_from_the_next_request_on()
    {
        await _server.Clients.Register(new SectorClientRegistration(Free, "Thuế", _key.Jwks, [SectorScopes.CatalogueRead]), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(_key.Assert(Free, Now), null)).StatusCode);
    }

    [Fact]
    public async Task The_list_says_whose_tokens_are_bound() =>
        Assert.Equal([(Bound, true), (Free, false)], (await _server.Clients.List(Ct)).Select(client => (client.ClientId, client.SenderConstrained)));

    [Theory]
    [InlineData("connect/token")]
    [InlineData("")]
    public async Task Its_assertion_names_the_issuer_as_a_string_and_nothing_else(string path)
    {
        var audience = IdentityServer.Issuer + path;
        var answer = await Prove(Bound, claims => claims["aud"] = path.Length == 0 ? new[] { audience } : audience);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Its_assertion_is_not_signed_with_RS256_which_an_unbound_system_may_use()
    {
        await _server.Clients.Register(new SectorClientRegistration(Bound, "Bảo hiểm", _rsa.Jwks, [SectorScopes.CatalogueRead]), Ct);
        await _server.Clients.Register(_rsa.Registration(Free), Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(_rsa.Assert(Bound, Now), null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ask(_rsa.Assert(Free, Now), null)).StatusCode);
    }

    async Task<HttpResponseMessage> Prove(string system, Action<Dictionary<string, object>>? change = null)
    {
        var first = await Ask(_key.Assert(system, Now, change), Proof(null));
        return first.Headers.TryGetValues("DPoP-Nonce", out var nonce) && first.StatusCode == HttpStatusCode.BadRequest
            ? await Ask(_key.Assert(system, Now, change), Proof(nonce.Single()))
            : first;
    }

    string Proof(string? nonce) => _dpop.Proof("POST", IdentityServer.Issuer + "connect/token", nonce);

    async Task<HttpResponseMessage> Ask(string assertion, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = assertion,
            }),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await _server.Client.SendAsync(request, Ct);
    }

    static async Task<JsonWebToken> Token(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return new JsonWebToken(JsonElement.Parse(text).GetProperty("access_token").GetString());
    }
}
