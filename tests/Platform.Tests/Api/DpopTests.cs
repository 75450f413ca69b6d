using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Tests.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Tokens bound to a key. The fake grains have no rule book: whoever gets through ends in a fault.</summary>
public sealed class DpopTests : IClassFixture<SharedServer>
{
    const string Path = "/v1/catalogue";
    static readonly ProofMaker Key = new();

    readonly ApiServer _server;

    public DpopTests(SharedServer fixture)
    {
        _server = fixture.Fresh();
        _server.Grains.TakesProofs();
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public async Task The_holder_of_the_key_gets_through_and_is_given_the_next_nonce_even_with_a_fault(string algorithm)
    {
        using var key = new ProofMaker(algorithm);

        var answer = await _server.SendProved(Path, Bound(_server, key), key);

        answer.AssertRefused(500, "platform.fault");
        Assert.Equal(FakeProofs.Nonce, answer.Headers["DPoP-Nonce"]);
        Assert.Contains(_server.Grains.Calls, call => call.Method == nameof(IDpopProofs.Use) && call.Key == key.Thumbprint);
    }

    [Fact]
    public async Task The_nonce_comes_with_refusals_and_with_answers()
    {
        var refused = await _server.SendProved("/v1/me", Bound(_server, Key, "me.read"), Key);
        refused.AssertRefused(403, "token.wrong-kind");
        Assert.Equal(FakeProofs.Nonce, refused.Headers["DPoP-Nonce"]);

        _server.Grains.On<IDisclosureArchive, DisclosureAnswer?>("Find", _ => null);
        var scope = await _server.SendProved(Path, Bound(_server, Key), Key, change: null);
        Assert.Equal(FakeProofs.Nonce, scope.Headers["DPoP-Nonce"]);
        (await _server.SendProved($"/v1/disclosures/{Guid.NewGuid()}", Bound(_server, Key, "disclosures.read"), Key)).AssertRefused(404, "disclosure.unknown");
    }

    [Theory]
    [InlineData("Bearer", true)]
    [InlineData("Bearer", false)]
    [InlineData("DPoP", false)]
    public async Task A_bound_token_without_scheme_or_proof_is_refused(string scheme, bool proved)
    {
        var token = Bound(_server, Key);
        var proof = Key.Make(Claims(token));

        var answer = await _server.SendWith(Path, $"{scheme} {token}", proved ? [proof] : []);

        answer.AssertRefused(401, "token.proof-missing");
        Assert.StartsWith("DPoP error=\"invalid_token\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.EndsWith("algs=\"ES256 PS256\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        NothingWasAsked();
    }

    [Fact]
    public async Task An_unbound_token_cannot_be_sent_as_a_bound_one()
    {
        var answer = await _server.SendProved(Path, _server.SystemToken("catalogue.read"), Key);

        answer.AssertRefused(401, "token.not-bound");
        NothingWasAsked();
    }

    [Fact]
    public async Task A_proof_by_another_key_is_refused_before_anything_is_asked()
    {
        using var thief = new ProofMaker();

        Refused(await _server.SendProved(Path, Bound(_server, Key), thief));
    }

    [Theory]
    [InlineData("htm", "\"POST\"")]
    [InlineData("htu", "\"http://localhost/v1/me\"")]
    [InlineData("htu", "\"https://localhost/v1/catalogue\"")]
    [InlineData("ath", "\"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo\"")]
    [InlineData("ath", null)]
    [InlineData("iat", "1700000000")]
    [InlineData("jti", null)]
    public async Task A_proof_for_something_else_is_refused(string member, string? value) =>
        Refused(await _server.SendProved(Path, Bound(_server, Key), Key, change: claims =>
        {
            claims.Remove(member);
            if (value is not null)
            {
                claims[member] = JsonNode.Parse(value);
            }
        }));

    [Fact]
    public async Task A_proof_that_is_none_and_two_proofs_are_refused()
    {
        var token = Bound(_server, Key);

        Refused(await _server.SendWith(Path, $"DPoP {token}", "x.y.z"));
        Refused(await _server.SendWith(Path, $"DPoP {token}", Key.Make(Claims(token)), Key.Make(Claims(token))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonce-1")]
    public async Task A_proof_without_the_current_nonce_is_told_the_nonce(string? nonce)
    {
        var answer = await _server.SendProved(Path, Bound(_server, Key), Key, nonce);

        answer.AssertRefused(401, "token.nonce-needed");
        Assert.StartsWith("DPoP error=\"use_dpop_nonce\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal(FakeProofs.Nonce, answer.Headers["DPoP-Nonce"]);
    }

    [Fact]
    public async Task While_proofs_cannot_be_remembered_nobody_with_a_bound_token_gets_through()
    {
        _server.Grains.On<IDpopProofs, DpopProofAnswer>("Use", _ => throw new TimeoutException());

        var answer = await _server.SendProved(Path, Bound(_server, Key), Key);

        answer.AssertRefused(503, "platform.unavailable");
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Behind_a_proxy_the_public_address_counts()
    {
        await using var server = await ApiServer.Start(new FakeGrains().TakesProofs(), ("Api:PublicUrl", "https://api.example.vn/platform/"));

        (await server.SendProved(Path, Bound(server, Key), Key, change: claims => claims["htu"] = "https://API.example.vn:443/platform/v1/catalogue?x=1"))
            .AssertRefused(500, "platform.fault");
        Refused(await server.SendProved(Path, Bound(server, Key), Key));
    }

    [Fact]
    public async Task Two_authorization_headers_are_one_too_many()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Authorization", [$"DPoP {Bound(_server, Key)}", $"Bearer {_server.SystemToken("catalogue.read")}"]);

        var answer = await _server.Send(request);

        answer.AssertRefused(401, "token.several");
        Assert.Contains("error=\"invalid_request\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await _server.SendWith(Path, $"DPoP {Bound(_server, Key)}, Bearer {_server.SystemToken("catalogue.read")}")).AssertRefused(401, "token.invalid");
    }

    [Fact]
    public async Task Where_only_bound_tokens_count_no_other_does()
    {
        await using var server = await ApiServer.Start(new FakeGrains().TakesProofs(), ("Api:TrustedIssuers:0:RequireBound", "true"));

        (await server.Get(Path, server.SystemToken("catalogue.read"))).AssertRefused(401, "token.binding-required");
        (await server.SendProved(Path, Bound(server, Key), Key)).AssertRefused(500, "platform.fault");
        (await server.Get("/v1/systems", server.StaffToken("systems.manage"))).AssertRefused(500, "platform.fault");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"kid":"k1"}""")]
    [InlineData("""{"jkt":"a","kid":"k1"}""")]
    [InlineData("""{"jkt":5}""")]
    [InlineData("""{"jkt":""}""")]
    [InlineData("""{"jkt":["a"]}""")]
    [InlineData("""["jkt"]""")]
    [InlineData("""[{"jkt":"a"},{"jkt":"b"}]""")]
    [InlineData("\"{\\\"jkt\\\":\\\"a\\\"}\"")]
    [InlineData("true")]
    public async Task A_binding_that_cannot_be_checked_makes_no_token(string cnf)
    {
        var token = _server.Systems.Token(new()
        {
            ["sub"] = "insurance",
            ["client_id"] = "insurance",
            ["scope"] = "catalogue.read",
            ["cnf"] = System.Text.Json.JsonElement.Parse(cnf),
        });

        (await _server.Get(Path, TestIssuer.Sign(token))).AssertRefused(401, "token.invalid");
        (await _server.SendProved(Path, TestIssuer.Sign(token), Key)).AssertRefused(401, "token.invalid");
    }

    static string Bound(ApiServer server, ProofMaker key, string scope = "catalogue.read") => server.Systems.BoundSystem(ApiServer.System, key.Thumbprint, scope);

    static JsonObject Claims(string token)
    {
        var claims = ProofMaker.Claims("GET", $"http://localhost{Path}", TimeProvider.System.GetUtcNow());
        claims["ath"] = Platform.Hosting.Dpop.DpopProof.HashOf(token);
        claims["nonce"] = FakeProofs.Nonce;
        return claims;
    }

    void Refused(ApiAnswer answer)
    {
        answer.AssertRefused(401, "token.proof-invalid");
        Assert.StartsWith("DPoP error=\"invalid_dpop_proof\", error_description=\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        NothingWasAsked();
    }

    void NothingWasAsked() => Assert.Empty(_server.Grains.Calls);
}
