using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>fapi2-security-profile-final: codes, proofs of possession, refresh tokens and client assertions.</summary>
public sealed class Fapi2TokenTests(FapiTest.Place place) : FapiTest(place)
{
    const string Token = IdentityServer.Issuer + "connect/token";

    [Fact]
    public async Task Attempt_reuse_authorization_code_revokes_what_it_gave()
    {
        var client = Client();
        var code = await client.Code(People.Open());
        var tokens = await Relying.Json(await client.Redeem(code));

        await Relying.IsError(await client.Redeem(code), "invalid_grant");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).StatusCode);
        await Relying.IsError(await client.Refresh(tokens.GetProperty("refresh_token").GetString()!), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_authorization_code_is_bound_to_client()
    {
        var client = Client();
        var code = await client.Code(People.Open());
        var other = Current.Other.Anew();

        await Relying.IsError(await other.Redeem(code, ("code_verifier", client.Verifier)), "invalid_grant");
    }

    [Fact]
    public async Task Par_ensure_pkce_code_verifier_required_and_incorrect_verifier_rejected()
    {
        var client = Client();
        await Relying.IsError(await client.Redeem(await client.Code(People.Open()), ("code_verifier", null)), "invalid_request");
        await Relying.IsError(await client.Redeem(await client.Code(People.Open()), ("code_verifier", new string('a', 43))), "invalid_grant");
        await Relying.IsError(await client.Redeem(await client.Code(People.Open()), ("redirect_uri", Relying.Redirect + "x")), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_holder_of_key_required()
    {
        var client = Client();
        var code = await client.Code(People.Open());
        await Relying.IsError(await client.Post("connect/token", Form(client, code)), "invalid_dpop_proof");
    }

    public static TheoryData<string> BentProofs => ["htm", "htu", "iat-old", "iat-future", "iat-missing", "jti-missing", "typ", "nonce", "exp", "nbf"];

    [Theory]
    [MemberData(nameof(BentProofs))]
    public async Task Dpop_negative_tests_at_the_token_endpoint(string bend)
    {
        var client = Client();
        var nonce = await Nonce(client);
        var now = TimeProvider.System.GetUtcNow();
        var proof = client.Dpop.Proof("POST", Token, nonce, change: claims => Bend(claims, bend, now), type: bend == "typ" ? "JWT" : "dpop+jwt");

        var answer = await Send(client, await client.Code(People.Open()), proof);

        await Relying.IsError(answer, bend == "nonce" ? "use_dpop_nonce" : "invalid_dpop_proof");
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Ensure_dpop_proof_with_iat_10seconds_before_or_after_succeeds(int seconds)
    {
        var client = Client();
        var nonce = await Nonce(client);
        var proof = client.Dpop.Proof("POST", Token, nonce, change: claims => claims["iat"] = TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds());

        await Relying.Json(await Send(client, await client.Code(People.Open()), proof));
    }

    [Fact]
    public async Task Dpop_proofs_are_accepted_once_also_by_another_instance()
    {
        var client = Client();
        var proof = client.Dpop.Proof("POST", Token, await Nonce(client));
        await Relying.Json(await Send(client, await client.Code(People.Open()), proof));

        await Relying.IsError(await Send(client, await client.Code(People.Open()), proof), "invalid_dpop_proof");
        client.Server = People.Servers[1];
        await Relying.IsError(await Send(client, await Client().Code(People.Open()), proof), "invalid_dpop_proof");
    }

    [Fact]
    public async Task Two_dpop_headers_are_refused()
    {
        var client = Client();
        var nonce = await Nonce(client);
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = new FormUrlEncodedContent(Form(client, await client.Code(People.Open()))),
        };
        request.Headers.TryAddWithoutValidation("DPoP", client.Dpop.Proof("POST", Token, nonce));
        request.Headers.TryAddWithoutValidation("DPoP", client.Dpop.Proof("POST", Token, nonce));

        await Relying.IsError(await client.Server.Client.SendAsync(request, Ct), "invalid_dpop_proof");
    }

    [Theory]
    [InlineData("DPoP")]
    [InlineData("dpop")]
    [InlineData("DPOP")]
    public async Task Access_token_type_header_case_sensitivity(string scheme)
    {
        var client = Client();
        var token = (await Relying.Json(await client.Redeem(await client.Code(People.Open())))).GetProperty("access_token").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await UserInfo(client, scheme, token, client.Dpop.Proof("GET", IdentityServer.Issuer + "connect/userinfo", client.Dpop.Nonce, token))).StatusCode);
    }

    [Fact]
    public async Task A_bound_token_is_refused_as_bearer_with_another_key_without_ath_or_in_the_body()
    {
        var client = Client();
        var token = (await Relying.Json(await client.Redeem(await client.Code(People.Open())))).GetProperty("access_token").GetString()!;
        var uri = IdentityServer.Issuer + "connect/userinfo";
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("access_token", token)]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfo(client, "Bearer", token, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfo(client, "DPoP", token, new DpopSigner().Proof("GET", uri, client.Dpop.Nonce, token))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Server.Client.PostAsync(new Uri("connect/userinfo", UriKind.Relative), form, Ct)).StatusCode);
        Assert.False((await UserInfo(client, "DPoP", token, client.Dpop.Proof("GET", uri, client.Dpop.Nonce))).IsSuccessStatusCode);
        Assert.False((await UserInfo(client, "DPoP", token, null)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refresh_token_is_bound_to_the_client_and_keeps_subject_and_level()
    {
        var client = Client();
        var first = await Relying.Json(await client.Redeem(await client.Code(People.Open())));
        var refresh = first.GetProperty("refresh_token").GetString()!;
        await Relying.IsError(await Current.Other.Anew().Refresh(refresh), "invalid_grant");

        var second = await Relying.Json(await client.Refresh(refresh));

        var (before, after) = (new JsonWebToken(first.GetProperty("id_token").GetString()), new JsonWebToken(second.GetProperty("id_token").GetString()));
        Assert.Equal((before.Subject, before.GetClaim("auth_time").Value, before.GetClaim("acr").Value), (after.Subject, after.GetClaim("auth_time").Value, after.GetClaim("acr").Value));
        Assert.NotEqual(refresh, second.GetProperty("refresh_token").GetString());
    }

    [Fact]
    public async Task Ensure_client_assertion_with_wrong_audience_expired_or_of_another_client_fails()
    {
        var client = Client();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var bad in new[]
        {
            client.Key.Assert(client.ClientId, now, claims => claims["aud"] = "https://other.example/"),
            client.Key.Assert(client.ClientId, now, claims => claims["aud"] = client.ClientId),
            client.Key.Assert(client.ClientId, now.AddMinutes(-10)),
            client.Key.Assert(client.ClientId, now, claims => claims.Remove("sub")),
            client.Key.Assert(client.ClientId, now, claims => claims.Remove("iss")),
            client.Key.Assert(client.ClientId, now, claims => claims["sub"] = "client-two"),
            client.Key.Assert(client.ClientId, now, claims => claims.Remove("jti")),
            SectorKey.Es256().Assert(client.ClientId, now),
        })
        {
            await Relying.IsError(await client.Push(client.Authorization(), assertion: bad), "invalid_client", HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Ensure_signed_client_assertion_with_RS256_fails_for_a_client_with_bound_tokens()
    {
        var key = SectorKey.Rsa("RS256");
        await People.Register("rs256", registration => registration with { ClientId = "rs256", Jwks = key.Jwks });
        var client = new Relying("rs256", People.Server);

        await Relying.IsError(
            await client.Push(client.Authorization(), assertion: key.Assert("rs256", TimeProvider.System.GetUtcNow())), "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Client_assertions_are_accepted_once_whatever_endpoint_or_instance()
    {
        var client = Client();
        var assertion = client.Key.Assert(client.ClientId, TimeProvider.System.GetUtcNow());
        await Relying.Json(await client.Push(client.Authorization(), assertion: assertion));

        client.Server = People.Servers[1];
        await Relying.IsError(await client.Push(client.Authorization(), assertion: assertion), "invalid_client", HttpStatusCode.Unauthorized);
    }

    static void Bend(Dictionary<string, object> claims, string bend, DateTimeOffset now)
    {
        switch (bend)
        {
            case "htm": claims["htm"] = "GET"; break;
            case "htu": claims["htu"] = IdentityServer.Issuer + "connect/par"; break;
            case "iat-old": claims["iat"] = now.AddMinutes(-2).ToUnixTimeSeconds(); break;
            case "iat-future": claims["iat"] = now.AddMinutes(2).ToUnixTimeSeconds(); break;
            case "iat-missing": claims.Remove("iat"); break;
            case "jti-missing": claims.Remove("jti"); break;
            case "nonce": claims["nonce"] = "invented"; break;
            case "exp": claims["exp"] = now.AddSeconds(-5).ToUnixTimeSeconds(); break;
            case "nbf": claims["nbf"] = now.AddMinutes(2).ToUnixTimeSeconds(); break;
        }
    }

    static async Task<string> Nonce(Relying client)
    {
        var answer = await client.Push(client.Authorization(), client.Dpop.Proof("POST", IdentityServer.Issuer + "connect/par", null));
        return client.Dpop.Nonce = answer.Headers.GetValues("DPoP-Nonce").Single();
    }

    static Task<HttpResponseMessage> Send(Relying client, string code, string proof) => client.Post("connect/token", Form(client, code), proof);

    static Dictionary<string, string> Form(Relying client, string code)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Relying.Redirect,
            ["code_verifier"] = client.Verifier,
        };
        foreach (var (name, value) in client.Authentication())
        {
            form[name] = value!;
        }

        return form;
    }

    static async Task<HttpResponseMessage> UserInfo(Relying client, string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "connect/userinfo");
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await client.Server.Client.SendAsync(request, Ct);
    }
}
