using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>fapi2-security-profile-final: codes, proofs of possession, refresh tokens and client assertions.</summary>
public abstract class Fapi2TokenModules(ConformancePlace place) : ConformanceModules(place)
{
    [Fact]
    public async Task Attempt_reuse_authorization_code_revokes_what_it_gave()
    {
        var client = Client();
        var code = await client.Code(Place.Open());
        var tokens = await Relying.Json(await client.Redeem(code));

        await Relying.IsError(await client.Redeem(code), "invalid_grant");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).StatusCode);
        await Relying.IsError(await client.Refresh(tokens.GetProperty("refresh_token").GetString()!), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_authorization_code_is_bound_to_client()
    {
        var client = Client();
        var code = await client.Code(Place.Open());
        var other = Place.Other.Anew();

        await Relying.IsError(await other.Redeem(code, ("code_verifier", client.Verifier)), "invalid_grant");
    }

    [Fact]
    public async Task Par_ensure_pkce_code_verifier_required_and_incorrect_verifier_rejected()
    {
        var client = Client();
        // RFC 7636 names the error for a wrong verifier only.
        await Relying.IsError(await client.Redeem(await client.Code(Place.Open()), ("code_verifier", null)), ["invalid_request", "invalid_grant"]);
        await Relying.IsError(await client.Redeem(await client.Code(Place.Open()), ("code_verifier", new string('a', 43))), "invalid_grant");
        await Relying.IsError(await client.Redeem(await client.Code(Place.Open()), ("redirect_uri", Relying.Redirect + "x")), "invalid_grant");
    }

    [Fact]
    public async Task Ensure_holder_of_key_required()
    {
        var client = Client();
        var code = await client.Code(Place.Open());
        // RFC 9449 names an error for wrong proofs, not for missing ones.
        await Relying.IsError(await client.Post(client.Addresses.Token, Form(client, code)), ["invalid_dpop_proof", "invalid_grant"]);
    }

    public static TheoryData<string> BentProofs => ["htm", "htu", "iat-missing", "jti-missing", "typ", "nonce", "exp", "nbf"];

    [Theory]
    [MemberData(nameof(BentProofs))]
    public Task Dpop_negative_tests_at_the_token_endpoint(string bend) => IsRefusedBent(bend);

    private protected async Task IsRefusedBent(string bend)
    {
        var client = Client();
        var nonce = await Nonce(client);
        var now = TimeProvider.System.GetUtcNow();
        var proof = client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), nonce, change: claims => Bend(claims, bend, client, now), type: bend == "typ" ? "JWT" : "dpop+jwt");

        var answer = await Send(client, await client.Code(Place.Open()), proof);

        await Relying.IsError(answer, bend == "nonce" ? "use_dpop_nonce" : "invalid_dpop_proof");
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Ensure_dpop_proof_with_iat_10seconds_before_or_after_succeeds(int seconds)
    {
        var client = Client();
        var nonce = await Nonce(client);
        var proof = client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), nonce, change: claims => claims["iat"] = TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds());

        await Relying.Json(await Send(client, await client.Code(Place.Open()), proof));
    }

    [Fact]
    public async Task Two_dpop_headers_are_refused()
    {
        var client = Client();
        var nonce = await Nonce(client);
        using var request = new HttpRequestMessage(HttpMethod.Post, client.Addresses.Token)
        {
            Content = new FormUrlEncodedContent(Form(client, await client.Code(Place.Open()))),
        };
        request.Headers.TryAddWithoutValidation("DPoP", client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), nonce));
        request.Headers.TryAddWithoutValidation("DPoP", client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), nonce));

        await Relying.IsError(await client.Server.Client.SendAsync(request, Ct), "invalid_dpop_proof");
    }

    [Theory]
    [InlineData("DPoP")]
    [InlineData("dpop")]
    [InlineData("DPOP")]
    public async Task Access_token_type_header_case_sensitivity(string scheme)
    {
        var client = Client();
        var token = (await Relying.Json(await client.Redeem(await client.Code(Place.Open())))).GetProperty("access_token").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await UserInfo(client, scheme, token, client.Dpop.Proof("GET", client.Addresses.Of(client.Addresses.UserInfo), client.Dpop.Nonce, token))).StatusCode);
    }

    [Fact]
    public async Task A_bound_token_is_refused_as_bearer_with_another_key_without_ath_or_in_the_body()
    {
        var client = Client();
        var token = (await Relying.Json(await client.Redeem(await client.Code(Place.Open())))).GetProperty("access_token").GetString()!;
        var uri = client.Addresses.Of(client.Addresses.UserInfo);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("access_token", token)]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfo(client, "Bearer", token, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfo(client, "DPoP", token, new DpopSigner().Proof("GET", uri, client.Dpop.Nonce, token))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Server.Client.PostAsync(new Uri(client.Addresses.UserInfo, UriKind.Relative), form, Ct)).StatusCode);
        Assert.False((await UserInfo(client, "DPoP", token, client.Dpop.Proof("GET", uri, client.Dpop.Nonce))).IsSuccessStatusCode);
        Assert.False((await UserInfo(client, "DPoP", token, null)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refresh_token_is_bound_to_the_client_and_keeps_subject_and_level()
    {
        var client = Client();
        var first = await Relying.Json(await client.Redeem(await client.Code(Place.Open())));
        var refresh = first.GetProperty("refresh_token").GetString()!;
        await Relying.IsError(await Place.Other.Anew().Refresh(refresh), "invalid_grant");

        var second = await Relying.Json(await client.Refresh(refresh));

        var (before, after) = (new JsonWebToken(first.GetProperty("id_token").GetString()), new JsonWebToken(second.GetProperty("id_token").GetString()));
        Assert.Equal((before.Subject, before.GetClaim("auth_time").Value, Level(before)), (after.Subject, after.GetClaim("auth_time").Value, Level(after)));
        Assert.NotEqual(refresh, second.GetProperty("refresh_token").GetString());
    }

    [Fact]
    public async Task Ensure_client_assertion_with_wrong_audience_expired_or_of_another_client_fails()
    {
        var client = Client();
        foreach (var bad in new[]
        {
            client.Assertion(claims => claims["aud"] = "https://other.example/"),
            client.Assertion(claims => claims["aud"] = client.ClientId),
            client.Assertion(at: TimeProvider.System.GetUtcNow().AddMinutes(-10)),
            client.Assertion(claims => claims.Remove("sub")),
            client.Assertion(claims => claims.Remove("iss")),
            client.Assertion(claims => claims["sub"] = "client-two"),
            client.Assertion(claims => claims.Remove("jti")),
            client.Assertion(key: SectorKey.Es256()),
        })
        {
            await Place.IsNotAuthenticated(await client.Push(client.Authorization(), assertion: bad));
        }
    }

    [Fact]
    public async Task Ensure_client_id_in_token_endpoint()
    {
        var client = Client();
        var form = Form(client, await client.Code(Place.Open()));
        form["client_id"] = "client-two";

        await Place.IsNotAuthenticated(await Send(client, form, client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), await Nonce(client))));
    }

    [Fact]
    public async Task Ensure_client_assertion_in_token_endpoint()
    {
        var client = Client();
        var form = Form(client, await client.Code(Place.Open()));
        form.Remove("client_assertion");
        form.Remove("client_assertion_type");

        await Place.IsNotAuthenticated(await Send(client, form, client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), await Nonce(client))));
    }

    [Fact]
    public async Task Par_ensure_jwt_client_assertion_with_iat_and_nbf_8_seconds_in_the_future_is_accepted_and_over_60_seconds_fails()
    {
        var client = Client();
        var now = TimeProvider.System.GetUtcNow();

        await Relying.Json(await client.Push(client.Authorization(), assertion: client.Assertion(claims => Ahead(claims, now.AddSeconds(8)))));
        await Place.IsNotAuthenticated(await client.Push(client.Authorization(), assertion: client.Assertion(claims => Ahead(claims, now.AddSeconds(90)))));
    }

    [Fact]
    public async Task Par_endpoint_and_token_endpoint_as_audience_and_an_array_fail()
    {
        var client = Client();
        var (par, token) = (client.Addresses.Of(client.Addresses.Par), client.Addresses.Of(client.Addresses.Token));

        await Place.IsNotAuthenticated(await client.Push(client.Authorization(), assertion: client.Assertion(claims => claims["aud"] = par)));
        await Place.IsNotAuthenticated(await client.Push(client.Authorization(), assertion: client.Assertion(claims => claims["aud"] = token)));
        await Place.IsNotAuthenticated(await client.Push(client.Authorization(), assertion: client.Assertion(claims => claims["aud"] = new[] { client.Addresses.Issuer, par })));
    }

    static string? Level(JsonWebToken token) => token.TryGetClaim("acr", out var level) ? level.Value : null;

    static void Bend(Dictionary<string, object> claims, string bend, Relying client, DateTimeOffset now)
    {
        switch (bend)
        {
            case "htm": claims["htm"] = "GET"; break;
            case "htu": claims["htu"] = client.Addresses.Of(client.Addresses.Par); break;
            case "iat-old": claims["iat"] = now.AddMinutes(-2).ToUnixTimeSeconds(); break;
            case "iat-future": claims["iat"] = now.AddMinutes(2).ToUnixTimeSeconds(); break;
            case "iat-missing": claims.Remove("iat"); break;
            case "jti-missing": claims.Remove("jti"); break;
            case "nonce": claims["nonce"] = "invented"; break;
            case "exp": claims["exp"] = now.AddSeconds(-5).ToUnixTimeSeconds(); break;
            case "nbf": claims["nbf"] = now.AddMinutes(2).ToUnixTimeSeconds(); break;
        }
    }

    private protected static async Task<string> Nonce(Relying client)
    {
        var answer = await client.Push(client.Authorization(), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), null));
        return client.Dpop.Nonce = answer.Headers.GetValues("DPoP-Nonce").Single();
    }

    private protected static Task<HttpResponseMessage> Send(Relying client, string code, string proof) => Send(client, Form(client, code), proof);

    static Task<HttpResponseMessage> Send(Relying client, Dictionary<string, string> form, string proof) => client.Post(client.Addresses.Token, form, proof);

    static void Ahead(Dictionary<string, object> claims, DateTimeOffset at)
    {
        claims["iat"] = claims["nbf"] = at.ToUnixTimeSeconds();
        claims["exp"] = at.AddMinutes(1).ToUnixTimeSeconds();
    }

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
        using var request = new HttpRequestMessage(HttpMethod.Get, client.Addresses.UserInfo);
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await client.Server.Client.SendAsync(request, Ct);
    }
}
