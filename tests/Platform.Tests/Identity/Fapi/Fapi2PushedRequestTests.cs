using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>fapi2-security-profile-final: discovery and pushed authorization requests.</summary>
public sealed class Fapi2PushedRequestTests(FapiTest.Place place) : FapiTest(place)
{
    [Fact]
    public async Task Discovery_end_point_verification()
    {
        var document = await People.Server.GetJson(".well-known/openid-configuration");

        Assert.Equal(IdentityServer.Issuer, document.GetProperty("issuer").GetString());
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.Equal(["S256"], document.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["code"], document.GetProperty("response_types_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.DoesNotContain("none", document.GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.All(
            new[] { "authorization_endpoint", "token_endpoint", "pushed_authorization_request_endpoint", "userinfo_endpoint", "jwks_uri" },
            name => Assert.StartsWith("https://", document.GetProperty(name).GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Happy_flow()
    {
        var client = Client();
        var pushed = await client.Push(client.Authorization());
        var expires = (await Relying.Json(pushed)).GetProperty("expires_in").GetInt32();
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.InRange(expires, 5, 600);

        var answer = await People.Open().Authorize(await client.PushedAddress());
        Assert.Equal((IdentityServer.Issuer, "s-1"), (answer["iss"], answer["state"]));
        var tokens = await Relying.Json(await client.Redeem(answer["code"]));
        Assert.True((await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task User_rejects_authentication()
    {
        var client = Client();
        var browser = People.Open();
        var asked = Browser.Asked(await browser.Get(await client.PushedAddress()))!.Value;
        await browser.Change(asked.Interaction, one => one with { Cancelled = true });

        var answer = Browser.Parameters(await browser.Get($"connect/authorize?interaction={asked.Interaction}"));

        Assert.Equal(("access_denied", "s-1", IdentityServer.Issuer), (answer["error"], answer["state"], answer["iss"]));
        Assert.DoesNotContain("code", answer.Keys);
    }

    [Fact]
    public async Task Par_attempt_reuse_request_uri()
    {
        var client = Client();
        var browser = People.Open();
        var address = await client.PushedAddress();
        Assert.True((await browser.Authorize(address)).ContainsKey("code"));

        IsShown(await browser.Get(address));
        IsShown(await People.Open(server: 1).Get(address));
    }

    [Fact]
    public async Task Par_attempt_to_use_request_uri_for_different_client()
    {
        var address = await Client().PushedAddress();

        IsShown(await People.Open().Get(address.Replace("client-one", "client-two", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Par_attempt_to_use_an_invented_request_uri() =>
        IsShown(await People.Open().Get("connect/authorize?client_id=client-one&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Ainvented"));

    [Fact]
    public async Task Par_authorization_request_containing_request_uri_form_param()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("request_uri", "urn:example:1"))), "invalid_request");
    }

    [Fact]
    public async Task Par_authorization_request_containing_request_is_refused()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("request", "eyJhbGciOiJub25lIn0.e30."))), "request_not_supported");
    }

    [Fact]
    public async Task Ensure_unsigned_authorization_request_without_using_par_fails()
    {
        var client = Client();
        var query = string.Join('&', client.Authorization().Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

        IsShown(await People.Open().Get($"connect/authorize?{query}"));
    }

    [Fact]
    public async Task Par_pkce_challenge_required_and_plain_pkce_challenge_rejected()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("code_challenge", null), ("code_challenge_method", null))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("code_challenge", client.Verifier), ("code_challenge_method", "plain"))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("code_challenge_method", null))), "invalid_request");
    }

    [Fact]
    public async Task Ensure_registered_redirect_uri_and_redirect_uri_in_authorization_request()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("redirect_uri", Relying.Redirect + "/foo"))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("redirect_uri", "https://evil.example/cb"))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("redirect_uri", null))), "invalid_request");
    }

    [Theory]
    [InlineData("code id_token")]
    [InlineData("id_token")]
    [InlineData("token")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task Ensure_response_type_other_than_code_fails(string? type)
    {
        var client = Client();
        var answer = await client.Push(client.Authorization(("response_type", type)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("fragment")]
    [InlineData("form_post")]
    [InlineData("web_message")]
    public async Task Response_modes_other_than_query_are_refused(string mode)
    {
        var client = Client();

        Assert.Equal(HttpStatusCode.BadRequest, (await client.Push(client.Authorization(("response_mode", mode)))).StatusCode);
    }

    [Fact]
    public async Task Ensure_authorization_request_without_state_success_and_with_long_state_and_nonce()
    {
        var client = Client();
        var browser = People.Open();
        Assert.False((await browser.Authorize(await client.PushedAddress(("state", null)))).ContainsKey("state"));

        var (state, nonce) = (new string('s', 1000), new string('n', 384));
        var answer = await browser.Authorize(await client.PushedAddress(("state", state), ("nonce", nonce)));

        Assert.Equal(state, answer["state"]);
        var tokens = await Relying.Json(await client.Redeem(answer["code"]));
        Assert.Equal(nonce, new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(tokens.GetProperty("id_token").GetString()).GetClaim("nonce").Value);
    }

    [Fact]
    public async Task Ensure_holder_of_key_named_at_par_is_the_one_that_redeems()
    {
        var client = Client();
        using var bound = await Bind(client);
        var code = (await People.Open().Authorize(await Address(client, bound)))["code"];
        var proved = client.Dpop;

        client.Dpop = new DpopSigner { Nonce = proved.Nonce };
        await Relying.IsError(await client.Redeem(code), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_dpop_proof_at_par_endpoint_must_be_of_the_key_that_dpop_jkt_names()
    {
        var client = Client();
        var other = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("another key")));
        var first = await client.Push(client.Authorization(), client.Dpop.Proof("POST", IdentityServer.Issuer + "connect/par", null));
        client.Dpop.Nonce = first.Headers.GetValues("DPoP-Nonce").Single();

        await Relying.IsError(
            await client.Push(client.Authorization(("dpop_jkt", other)), client.Dpop.Proof("POST", IdentityServer.Issuer + "connect/par", client.Dpop.Nonce)), "invalid_request");
    }

    static async Task<HttpResponseMessage> Bind(Relying client)
    {
        var first = await client.Push(client.Authorization(), client.Dpop.Proof("POST", IdentityServer.Issuer + "connect/par", null));
        client.Dpop.Nonce = first.Headers.GetValues("DPoP-Nonce").Single();
        return await client.Push(client.Authorization(), client.Dpop.Proof("POST", IdentityServer.Issuer + "connect/par", client.Dpop.Nonce));
    }

    static async Task<string> Address(Relying client, HttpResponseMessage pushed) =>
        $"connect/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString((await Relying.Json(pushed)).GetProperty("request_uri").GetString()!)}";

    // What cannot be trusted is shown to the person and sent nowhere.
    static void IsShown(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/error?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
