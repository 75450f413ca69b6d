using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Platform.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Hosting.Dpop;

public sealed class DpopProofTests
{
    const string Address = "https://api.example.vn/v1/me";
    static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    static readonly ProofMaker Maker = new();

    static JsonObject Claims => ProofMaker.Claims("GET", Address, Now);

    [Theory]
    [InlineData("ES256", 0)]
    [InlineData("PS256", 2048)]
    [InlineData("PS256", 4096)]
    public void A_right_proof_names_its_key_its_id_and_its_nonce(string algorithm, int bits)
    {
        using var maker = new ProofMaker(algorithm, bits);
        var claims = Claims;
        claims["nonce"] = "n-1";

        var outcome = Check(maker.Make(claims));

        Assert.Null(outcome.Refusal);
        Assert.Equal((maker.Thumbprint, (string)claims["jti"]!, "n-1"), (outcome.Proof!.KeyThumbprint, outcome.Proof.Id, outcome.Proof.Nonce));
        Assert.Null(Check(maker.Make(Claims)).Proof!.Nonce);
    }

    [Fact]
    public void The_key_of_RFC_7638_has_the_thumbprint_that_is_printed_there()
    {
        // RFC 7638 section 3.1; the claims are not signed with it, so only the order of the refusals shows that it was read.
        const string Modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W"
            + "-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08q"
            + "NLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        var jwk = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>(
            $$"""{"kty":"RSA","n":"{{Modulus}}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""");

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", DpopKey.Read(jwk, "PS256")!.Thumbprint);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(30)]
    public void A_proof_counts_for_a_minute_and_a_clock_may_be_half_a_minute_ahead(int seconds) =>
        Assert.Null(Check(Maker.Make(With("iat", Now.AddSeconds(seconds).ToUnixTimeSeconds()))).Refusal);

    [Fact]
    public void There_must_be_exactly_one_proof()
    {
        var proof = Maker.Make(Claims);

        Assert.Equal("missing", Code(StringValues.Empty));
        Assert.Equal("missing", Code(""));
        Assert.Equal("several", Code(new StringValues([proof, Maker.Make(Claims)])));
        Assert.Equal("several", Code(new StringValues([proof, ""])));
        Assert.Equal("malformed", Code($"{proof},{proof}"));
        Assert.Equal("too_large", Code(Maker.Make(With("x", new string('x', 8192)))));
    }

    [Theory]
    [InlineData("typ", "\"JWT\"", "wrong_type")]
    [InlineData("typ", null, "wrong_type")]
    [InlineData("typ", "\"DPOP+JWT\"", "wrong_type")]
    [InlineData("alg", "\"none\"", "wrong_algorithm")]
    [InlineData("alg", "\"HS256\"", "wrong_algorithm")]
    [InlineData("alg", "\"RS256\"", "wrong_algorithm")]
    [InlineData("alg", "\"ES384\"", "wrong_algorithm")]
    [InlineData("alg", "\"es256\"", "wrong_algorithm")]
    [InlineData("alg", null, "wrong_algorithm")]
    [InlineData("alg", "\"PS256\"", "wrong_key")]
    [InlineData("jwk", null, "wrong_key")]
    [InlineData("jwk", "null", "wrong_key")]
    [InlineData("jwk", "{}", "wrong_key")]
    [InlineData("jwk", "[]", "malformed")]
    [InlineData("crit", "[\"exp\"]", "malformed")]
    [InlineData("crit", "null", "malformed")]
    [InlineData("typ", "7", "malformed")]
    public void A_wrong_header_is_refused(string member, string? value, string code)
    {
        var head = Maker.Head();
        Change(head, member, value);

        Assert.Equal(code, Code(Maker.Make(Claims, head)));
    }

    [Theory]
    [InlineData("htm", "\"POST\"", "wrong_method")]
    [InlineData("htm", "\"get\"", "wrong_method")]
    [InlineData("htm", null, "wrong_method")]
    [InlineData("htm", "[\"GET\"]", "malformed")]
    [InlineData("htu", null, "wrong_uri")]
    [InlineData("iat", null, "wrong_time")]
    [InlineData("iat", "\"1793606400\"", "malformed")]
    [InlineData("iat", "1e999", "wrong_time")]
    [InlineData("iat", "-1", "wrong_time")]
    [InlineData("jti", null, "wrong_id")]
    [InlineData("jti", "\"\"", "wrong_id")]
    [InlineData("jti", "5", "malformed")]
    [InlineData("nonce", "\"\"", "wrong_nonce")]
    [InlineData("nonce", "5", "malformed")]
    public void A_wrong_claim_is_refused(string member, string? value, string code)
    {
        var claims = Claims;
        Change(claims, member, value);

        Assert.Equal(code, Code(Maker.Make(claims)));
    }

    [Fact]
    public void A_proof_that_is_too_old_too_early_or_over_is_refused()
    {
        Assert.Equal("wrong_time", Code(Maker.Make(With("iat", Now.AddSeconds(-61).ToUnixTimeSeconds()))));
        Assert.Equal("wrong_time", Code(Maker.Make(With("iat", Now.AddSeconds(31).ToUnixTimeSeconds()))));
        Assert.Equal("wrong_time", Code(Maker.Make(With("exp", Now.ToUnixTimeSeconds()))));
        Assert.Equal("wrong_time", Code(Maker.Make(With("nbf", Now.AddSeconds(31).ToUnixTimeSeconds()))));
    }

    [Fact]
    public void Ids_and_nonces_are_bounded()
    {
        Assert.Null(Check(Maker.Make(With("jti", new string('j', 256)))).Refusal);
        Assert.Equal("wrong_id", Code(Maker.Make(With("jti", new string('j', 257)))));
        Assert.Null(Check(Maker.Make(With("nonce", new string('n', 256)))).Refusal);
        Assert.Equal("wrong_nonce", Code(Maker.Make(With("nonce", new string('n', 257)))));
    }

    [Fact]
    public void A_token_and_its_proof_belong_together()
    {
        // RFC 9449 section 7.1 prints both.
        const string Token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
        Assert.Equal("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", DpopProof.HashOf(Token));
        var proof = Maker.Make(With("ath", DpopProof.HashOf(Token)));

        Assert.Null(DpopProof.Check(proof, "GET", new Uri(Address), Now, DpopProof.HashOf(Token)).Refusal);
        Assert.Equal("wrong_token_hash", DpopProof.Check(proof, "GET", new Uri(Address), Now, DpopProof.HashOf("other")).Refusal!.Code);
        Assert.Equal("wrong_token_hash", DpopProof.Check(Maker.Make(Claims), "GET", new Uri(Address), Now, DpopProof.HashOf(Token)).Refusal!.Code);
    }

    static JsonObject With(string member, JsonNode value)
    {
        var claims = Claims;
        claims[member] = value;
        return claims;
    }

    static void Change(JsonObject json, string member, string? value)
    {
        json.Remove(member);
        if (value is not null)
        {
            json[member] = JsonNode.Parse(value);
        }
    }

    static DpopOutcome Check(StringValues header) => DpopProof.Check(header, "GET", new Uri(Address), Now);

    static string? Code(StringValues header) => Check(header).Refusal?.Code;
}
