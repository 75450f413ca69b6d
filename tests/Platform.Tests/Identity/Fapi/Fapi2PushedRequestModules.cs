using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>fapi2-security-profile-final: pushed authorization requests and their answers.</summary>
public abstract class Fapi2PushedRequestModules(ConformancePlace place) : ConformanceModules(place)
{
    [Fact]
    public async Task User_rejects_authentication()
    {
        var client = Client();

        var answer = await Place.Open().Refuse(await client.PushedAddress());

        Assert.Equal(("access_denied", "s-1", client.Addresses.Issuer), (answer["error"], answer["state"], answer["iss"]));
        Assert.DoesNotContain("code", answer.Keys);
    }

    [Fact]
    public async Task Happy_flow()
    {
        var client = Client();
        var pushed = await client.Push(client.Authorization());
        var expires = (await Relying.Json(pushed)).GetProperty("expires_in").GetInt32();
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.InRange(expires, 5, 600);

        var answer = await Place.Open().Authorize(await client.PushedAddress());
        Assert.Equal((client.Addresses.Issuer, "s-1"), (answer["iss"], answer["state"]));
        var tokens = await Relying.Json(await client.Redeem(answer["code"]));
        Assert.True((await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Par_attempt_reuse_request_uri()
    {
        var client = Client();
        var browser = Place.Open();
        var address = await client.PushedAddress();
        Assert.True((await browser.Authorize(address)).ContainsKey("code"));

        Place.IsShown(await browser.Get(address));
        Place.IsShown(await Place.Open().Get(address));
    }

    [Fact]
    public async Task Par_attempt_to_use_request_uri_for_different_client()
    {
        var address = await Client().PushedAddress();

        Place.IsShown(await Place.Open().Get(address.Replace("client-one", "client-two", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Par_attempt_to_use_an_invented_request_uri() =>
        Place.IsShown(await Place.Open().Get($"{Place.Client.Addresses.Authorize}?client_id=client-one&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Ainvented"));

    [Fact]
    public async Task Par_authorization_request_containing_request_uri_form_param()
    {
        var client = Client();

        // RFC 9126, section 2.1 wants it refused and names no code; OpenID Connect has one of its own.
        await Relying.IsError(await client.Push(client.Authorization(("request_uri", "urn:example:1"))), ["invalid_request", "request_uri_not_supported"]);
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

        Place.IsRefused(await Place.Open().Get($"{client.Addresses.Authorize}?{query}"));
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

    [Fact]
    public async Task Ensure_authorization_request_without_state_success_and_with_long_state_and_nonce()
    {
        var client = Client();
        var browser = Place.Open();
        Assert.False((await browser.Authorize(await client.PushedAddress(("state", null)))).ContainsKey("state"));

        var (state, nonce) = (new string('s', 1000), new string('n', 384));
        var answer = await browser.Authorize(await client.PushedAddress(("state", state), ("nonce", nonce)));

        Assert.Equal(state, answer["state"]);
        var tokens = await Relying.Json(await client.Redeem(answer["code"]));
        Assert.Equal(nonce, new JsonWebToken(tokens.GetProperty("id_token").GetString()).GetClaim("nonce").Value);
    }

    [Fact]
    public async Task Ensure_authorization_request_without_nonce_success()
    {
        var client = Client();
        var answer = await Place.Open().Authorize(await client.PushedAddress(("nonce", null)));
        var tokens = await Relying.Json(await client.Redeem(answer["code"]));

        Assert.False(new JsonWebToken(tokens.GetProperty("id_token").GetString()).TryGetClaim("nonce", out _));
    }

    [Fact]
    public async Task Ensure_other_scope_order_succeeds()
    {
        var client = Client();
        var answer = await Place.Open().Authorize(await client.PushedAddress(("scope", "me.read offline_access openid")));

        Assert.True((await Relying.Json(await client.Redeem(answer["code"]))).TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task Par_ensure_reused_request_uri_prior_to_auth_completion_succeeds()
    {
        var client = Client();
        var browser = Place.Open();
        var address = await client.PushedAddress();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get(address)).StatusCode);

        Assert.Contains("code", (await browser.Authorize(address)).Keys);
    }

    [Fact]
    public async Task Par_attempt_invalid_http_method()
    {
        var client = Client();
        var query = string.Join('&', client.Authorization().Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var answer = await client.Server.Client.GetAsync(new Uri($"{client.Addresses.Par}?{query}", UriKind.Relative), Ct);

        Assert.InRange((int)answer.StatusCode, 400, 405);
    }

    [Fact]
    public async Task Ensure_dpop_auth_code_binding_success_and_token_endpoint_fails_with_mismatched_dpop_jkt()
    {
        var client = Client();
        var (right, wrong) = (client.Dpop.Thumbprint, new DpopSigner().Thumbprint);

        await Relying.Json(await client.Redeem((await Place.Open().Authorize(await client.PushedAddress(("dpop_jkt", right))))["code"]));
        await Relying.IsError(
            await client.Redeem((await Place.Open().Authorize(await client.PushedAddress(("dpop_jkt", wrong))))["code"]), ["invalid_grant", "invalid_dpop_proof"]);
    }

    [Fact]
    public async Task Ensure_dpop_proof_at_par_endpoint_binding_success()
    {
        var client = Client();
        using var bound = await Bind(client);

        await Relying.Json(await client.Redeem((await Place.Open().Authorize(await Address(client, bound)))["code"]));
    }

    [Fact]
    public async Task Ensure_holder_of_key_named_at_par_is_the_one_that_redeems()
    {
        var client = Client();
        using var bound = await Bind(client);
        var code = (await Place.Open().Authorize(await Address(client, bound)))["code"];
        var proved = client.Dpop;

        client.Dpop = new DpopSigner { Nonce = proved.Nonce };
        await Relying.IsError(await client.Redeem(code), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_dpop_proof_at_par_endpoint_must_be_of_the_key_that_dpop_jkt_names()
    {
        var client = Client();
        var other = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("another key")));
        var first = await client.Push(client.Authorization(), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), null));
        client.Dpop.Nonce = first.Headers.GetValues("DPoP-Nonce").Single();

        await Relying.IsError(
            await client.Push(client.Authorization(("dpop_jkt", other)), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), client.Dpop.Nonce)), "invalid_request");
    }

    static async Task<HttpResponseMessage> Bind(Relying client)
    {
        var first = await client.Push(client.Authorization(), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), null));
        client.Dpop.Nonce = first.Headers.GetValues("DPoP-Nonce").Single();
        return await client.Push(client.Authorization(), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), client.Dpop.Nonce));
    }

    static async Task<string> Address(Relying client, HttpResponseMessage pushed) =>
        $"{client.Addresses.Authorize}?client_id={client.ClientId}&request_uri={Uri.EscapeDataString((await Relying.Json(pushed)).GetProperty("request_uri").GetString()!)}";

}
