using System.Net;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>What may be used once is used once, also when two instances get it at the same moment.</summary>
public sealed class ReplayTests(OurPlace place) : ConformanceModules(place), IClassFixture<OurPlace>
{
    PeopleServer People => place.People;

    const int AtOnce = 6;

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_code_exactly_one_gets_tokens()
    {
        var client = Client();
        var code = await client.Code(People.Open());

        Assert.Equal(1, await Succeed(client, copy => copy.Redeem(code)));
    }

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_refresh_token_at_most_one_gets_tokens_and_the_family_is_dead()
    {
        var client = Client();
        var tokens = await Relying.Json(await client.Redeem(await client.Code(People.Open())));
        var refresh = tokens.GetProperty("refresh_token").GetString()!;

        Assert.InRange(await Succeed(client, copy => copy.Refresh(refresh)), 0, 1);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_client_assertion_exactly_one_is_accepted()
    {
        var client = Client();
        var assertion = client.Key.Assert(client.ClientId, TimeProvider.System.GetUtcNow());

        Assert.Equal(1, await Succeed(client, copy => copy.Push(copy.Authorization(), assertion: assertion)));
    }

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_proof_at_the_token_endpoint_exactly_one_is_accepted()
    {
        var client = Client();
        await GetNonce(client);
        var proof = client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), client.Dpop.Nonce);
        var browser = People.Open();
        var codes = new List<string>();
        for (var index = 0; index < AtOnce; index++)
        {
            codes.Add(await client.Code(browser));
        }

        var answers = await Task.WhenAll(codes.Select((code, index) =>
        {
            var copy = client.Anew(keepKey: true);
            copy.Server = People.Servers[index % 2];
            return copy.Post(copy.Addresses.Token, new(copy.Authentication()
                .Concat([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Relying.Redirect), ("code_verifier", copy.Verifier)])
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2!))), proof);
        }));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await Relying.IsError(refused, "invalid_dpop_proof");
        }
    }

    [Fact]
    public async Task Of_many_simultaneous_uses_of_one_request_uri_exactly_one_gets_a_code()
    {
        var client = Client();
        var browser = People.Open();
        await browser.LogIn();
        var address = await client.PushedAddress();

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(index => People.Servers[index % 2].Client.SendAsync(browser.Request(address), Ct)));

        Assert.Single(answers, answer => answer.Headers.Location!.OriginalString.StartsWith(Relying.Redirect + "?code=", StringComparison.Ordinal));
        Assert.Equal(AtOnce - 1, answers.Count(answer => answer.Headers.Location!.OriginalString.Contains("error", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_visits_with_one_request_uri_get_one_code_between_them()
    {
        var client = Client();
        var browser = People.Open();
        var address = await client.PushedAddress();
        var (first, second) = (Browser.Asked(await browser.Get(address))!.Value, Browser.Asked(await browser.Get(address))!.Value);
        await browser.LogIn(interaction: first.Interaction);

        Assert.Contains("code", Browser.Parameters(await browser.Get($"connect/authorize?interaction={second.Interaction}")).Keys);
        Assert.Equal("invalid_request", Browser.Parameters(await browser.Get($"connect/authorize?interaction={first.Interaction}"))["error"]);
    }

    [Fact]
    public async Task Of_many_simultaneous_answers_to_one_interaction_exactly_one_is_a_code()
    {
        var client = Client();
        var browser = People.Open();
        var asked = Browser.Asked(await browser.Get(await client.PushedAddress()))!.Value;
        await browser.LogIn(interaction: asked.Interaction);

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => browser.Get($"connect/authorize?interaction={asked.Interaction}")));

        Assert.Single(answers, answer => answer.Headers.Location?.OriginalString.Contains("code=", StringComparison.Ordinal) == true
            && answer.Headers.Location.OriginalString.StartsWith(Relying.Redirect, StringComparison.Ordinal));
    }

    async Task<int> Succeed(Relying client, Func<Relying, Task<HttpResponseMessage>> use)
    {
        // Each copy has the nonce already, so that all of them arrive as they are.
        await GetNonce(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(index =>
        {
            var copy = client.Anew(keepKey: true);
            copy.Server = People.Servers[index % 2];
            return use(copy);
        }));
        return answers.Count(answer => answer.IsSuccessStatusCode);
    }

    static async Task GetNonce(Relying client)
    {
        var answer = await client.Push(client.Authorization(), client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Par), null));
        client.Dpop.Nonce = answer.Headers.GetValues("DPoP-Nonce").Single();
    }
}
