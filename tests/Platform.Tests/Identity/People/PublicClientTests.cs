using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Platform.Tests.Identity.People;

public sealed class PublicClientTests : IAsyncLifetime
{
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task An_app_gets_unbound_tokens_for_its_verifier_and_renews_them()
    {
        var (app, tokens) = await PublicClient.LogIn(_people);

        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.DoesNotContain(new JsonWebToken(access).Claims, claim => claim.Type == "cnf");
        Assert.Equal(HttpStatusCode.OK, (await PublicClient.UserInfo(app, access)).StatusCode);
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        var renewed = await Relying.Json(await PublicClient.Refresh(app, refresh));
        await Relying.IsError(await PublicClient.Refresh(app, refresh), "invalid_grant");
        await Relying.IsError(await PublicClient.Refresh(app, renewed.GetProperty("refresh_token").GetString()!), "invalid_grant");
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_the_verifier_and_nothing_begins_without_a_challenge()
    {
        var app = await PublicClient.Register(_people);
        var code = (await _people.Open().Authorize(PublicClient.Address(app)))["code"];
        await Relying.IsError(await PublicClient.Redeem(app, code, new string('a', 43)), "invalid_grant");

        foreach (var address in new[] { PublicClient.Address(app, ("code_challenge", null), ("code_challenge_method", null)), PublicClient.Address(app, ("code_challenge_method", "plain")) })
        {
            Assert.Equal("/error?code=invalid_request", (await _people.Open().Get(address)).Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task An_app_that_shows_a_key_gets_bound_tokens_and_a_refresh_token_for_that_key_alone()
    {
        var app = await PublicClient.Register(_people);
        var code = (await _people.Open().Authorize(PublicClient.Address(app)))["code"];
        var tokens = await Relying.Json(await Token(app, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Relying.Redirect), ("code_verifier", app.Verifier)));
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        var refresh = tokens.GetProperty("refresh_token").GetString()!;

        await Relying.IsError(await PublicClient.Refresh(app, refresh), "invalid_grant");
        var (key, thief) = (app.Dpop, new DpopSigner { Nonce = app.Dpop.Nonce });
        app.Dpop = thief;
        await Relying.IsError(await Token(app, ("grant_type", "refresh_token"), ("refresh_token", refresh)), "invalid_grant");
        app.Dpop = key;
        await Relying.Json(await Token(app, ("grant_type", "refresh_token"), ("refresh_token", refresh)));
    }

    static async Task<HttpResponseMessage> Token(Relying app, params (string Name, string Value)[] fields)
    {
        Task<HttpResponseMessage> Send() => app.Post(
            app.Addresses.Token,
            new(fields.Append(("client_id", app.ClientId)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
            app.Dpop.Proof("POST", app.Addresses.Of(app.Addresses.Token), app.Dpop.Nonce));
        var answer = await Send();
        if (app.Dpop.Nonce is null)
        {
            app.Dpop.Nonce = answer.Headers.GetValues("DPoP-Nonce").Single();
            answer = await Send();
        }

        return answer;
    }
}
