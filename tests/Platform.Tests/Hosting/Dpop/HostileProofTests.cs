using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Platform.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Hosting.Dpop;

/// <summary>Proofs that somebody made on purpose so that they nearly fit.</summary>
public sealed class HostileProofTests
{
    const string Address = "https://api.example.vn/v1/me";
    static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    static readonly ProofMaker Maker = new();

    static readonly string Right = Maker.Make(ProofMaker.Claims("GET", Address, Now));

    [Fact]
    public void Any_change_of_any_character_of_a_right_proof_is_refused()
    {
        using var rsa = new ProofMaker("PS256");
        var proofs = new[] { Right, rsa.Make(ProofMaker.Claims("GET", Address, Now)) };
        Assert.All(proofs, proof => Assert.Null(Check(proof).Refusal));

        Gen.Select(Gen.Int[0, 1].Select(index => proofs[index]), Gen.Double[0, 1], Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char)).Sample((proof, place, letter) =>
        {
            var at = (int)(place * (proof.Length - 1));
            return proof[at] == letter || Check($"{proof[..at]}{letter}{proof[(at + 1)..]}").Refusal is not null;
        }, iter: 20_000);
    }

    // The last character of a base64url text has bits that no byte needs, which lenient readers ignore.
    [Fact]
    public void No_other_spelling_of_the_last_character_counts() => Assert.All(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=".Where(letter => letter != Right[^1]),
        letter => Assert.NotNull(Check(Right[..^1] + letter).Refusal));

    [Fact]
    public void A_proof_with_anything_added_or_taken_away_is_refused() =>
        Gen.Select(Gen.Int[0, Right.Length], Gen.String[1, 4]).Sample((at, added) =>
            Check(Right.Insert(at, added)).Refusal is not null && Check(Right.Remove(at / 2, 1)).Refusal is not null);

    [Fact]
    public void Whatever_is_sent_is_refused_without_an_exception()
    {
        Gen.String.Sample(text => Check(text).Refusal is not null);
        Gen.Select(Gen.Byte.Array, Gen.Byte.Array).Sample((head, claims) => Check(Maker.Sign(head, claims)).Refusal is not null);
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            var head = Maker.Head();
            head["jwk"]!["x"] = Convert.ToBase64String(bytes);
            return Check(Maker.Make(ProofMaker.Claims("GET", Address, Now), head)).Refusal is not null;
        });
    }

    [Theory]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":JWK,"typ":"dpop+jwt"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"none","alg":"ES256","jwk":JWK}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":JWK,"x":"\ud800","typ":"\ud800"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"\ud800","jwk":JWK}""")]
    [InlineData("""[{"typ":"dpop+jwt","alg":"ES256","jwk":JWK}]""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":JWK} {}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":JWK,}""")]
    [InlineData("null")]
    [InlineData("")]
    public void A_header_that_can_be_read_in_two_ways_is_malformed(string head) => Assert.Equal("malformed", Check(Maker.Sign(
        head.Replace("JWK", Maker.Jwk().ToJsonString(), StringComparison.Ordinal), ProofMaker.Claims("GET", Address, Now).ToJsonString())).Refusal!.Code);

    [Fact]
    public void Bytes_that_are_no_text_are_malformed()
    {
        var claims = Encoding.UTF8.GetBytes(ProofMaker.Claims("GET", Address, Now).ToJsonString());
        claims[claims.AsSpan().IndexOf("GET"u8)] = 0xff;

        Assert.Equal("malformed", Check(Maker.Sign(Encoding.UTF8.GetBytes(Maker.Head().ToJsonString()), claims)).Refusal!.Code);
    }

    [Fact]
    public void A_private_key_in_the_header_is_refused_whatever_else_holds()
    {
        using var rsa = new ProofMaker("PS256");
        foreach (var maker in new[] { Maker, rsa })
        {
            var head = maker.Head();
            head["jwk"] = maker.PrivateJwk();
            Assert.Equal("wrong_key", Check(maker.Make(ProofMaker.Claims("GET", Address, Now), head)).Refusal!.Code);
        }

        foreach (var member in new[] { "d", "p", "q", "dp", "dq", "qi", "oth", "k" })
        {
            Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk[member] = null)).Refusal!.Code);
        }
    }

    [Fact]
    public void Weak_foreign_and_misspelt_keys_are_refused()
    {
        using var weak = new ProofMaker("PS256", 1024);
        using var huge = new ProofMaker("PS256", 4104);
        using var other = new ProofMaker();

        Assert.Equal("wrong_key", Check(weak.Make(ProofMaker.Claims("GET", Address, Now))).Refusal!.Code);
        Assert.Equal("wrong_key", Check(huge.Make(ProofMaker.Claims("GET", Address, Now))).Refusal!.Code);
        Assert.Equal("wrong_signature", Check(WithJwk(jwk => (jwk["x"], jwk["y"]) = ((string)other.Jwk()["x"]!, (string)other.Jwk()["y"]!))).Refusal!.Code);
        Assert.Equal("wrong_signature", Check(WithJwk(jwk => (jwk["x"], jwk["y"]) = ((string)jwk["y"]!, (string)jwk["x"]!))).Refusal!.Code);
        Assert.Equal("wrong_signature", Check(WithJwk(jwk => jwk["x"] = new string('A', 43))).Refusal!.Code);
        Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk["x"] = $"{jwk["x"]}=")).Refusal!.Code);
        Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk["x"] = $"AA{jwk["x"]}")).Refusal!.Code);
        Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk["crv"] = "P-384")).Refusal!.Code);
        Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk["crv"] = 256)).Refusal!.Code);
        Assert.Equal("wrong_key", Check(WithJwk(jwk => jwk["kty"] = "oct")).Refusal!.Code);
    }

    [Theory]
    [InlineData("AQ")]
    [InlineData("AgAC")]
    [InlineData("AAEAAQ")]
    [InlineData("AQAAAAE")]
    [InlineData("")]
    public void An_exponent_that_no_client_has_a_reason_for_is_refused(string exponent)
    {
        using var rsa = new ProofMaker("PS256");
        var head = rsa.Head();
        head["jwk"]!["e"] = exponent;

        Assert.Equal("wrong_key", Check(rsa.Make(ProofMaker.Claims("GET", Address, Now), head)).Refusal!.Code);
    }

    [Fact]
    public void A_refusal_repeats_nothing_of_what_was_sent() =>
        Assert.All(typeof(DpopRefusal).GetFields().Select(field => (DpopRefusal)field.GetValue(null)!), refusal =>
        {
            Assert.Matches("^[a-z_]+$", refusal.Code);
            Assert.EndsWith(".", refusal.Told, StringComparison.Ordinal);
        });

    static string WithJwk(Action<JsonObject> change)
    {
        var head = Maker.Head();
        change((JsonObject)head["jwk"]!);
        return Maker.Make(ProofMaker.Claims("GET", Address, Now), head);
    }

    static DpopOutcome Check(string header) => DpopProof.Check(header, "GET", new Uri(Address), Now);
}
