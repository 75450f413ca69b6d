using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>oidcc-basic: prompt, max_age, hints, userinfo.</summary>
public abstract class OidcBasicModules(ConformancePlace place) : ConformanceModules(place)
{
    [Fact]
    public async Task Prompt_none_not_logged_in() => Assert.Equal("login_required", (await Ask(Place.Open(), ("prompt", "none")))["error"]);

    [Fact]
    public async Task Prompt_none_logged_in()
    {
        var browser = Place.Open();
        Assert.Contains("code", (await Ask(browser)).Keys);

        Assert.Contains("code", (await Ask(browser, ("prompt", "none"))).Keys);
    }

    [Fact]
    public async Task Prompt_none_together_with_another_value_is_refused()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("prompt", "none login"))), "invalid_request");
    }

    [Fact]
    public async Task Max_age_10000_does_not_ask_again_and_nonsense_is_refused()
    {
        var browser = Place.Open();
        var client = Client();
        var first = await AuthenticatedAt(client, await Ask(client, browser));

        Assert.Equal(first, await AuthenticatedAt(client, await Ask(client, browser, ("max_age", "10000"))));
        await Relying.IsError(await client.Push(client.Authorization(("max_age", "-1"))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("max_age", "soon"))), "invalid_request");
    }

    [Fact]
    public async Task Id_token_hint_of_the_person_is_accepted()
    {
        var browser = Place.Open();
        var client = Client();
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        Assert.Contains("code", (await Ask(browser, ("prompt", "none"), ("id_token_hint", tokens.GetProperty("id_token").GetString()))).Keys);
    }

    [Fact]
    public async Task Userinfo_gives_the_same_subject()
    {
        var client = Client();
        var tokens = await Relying.Json(await client.Redeem(await client.Code(Place.Open())));
        var info = await Relying.Json(await client.UserInfo(tokens.GetProperty("access_token").GetString()!));

        Assert.Equal(new JsonWebToken(tokens.GetProperty("id_token").GetString()).Subject, info.GetProperty("sub").GetString());
    }

    private protected async Task<Dictionary<string, string>> Ask(IBrowser browser, params (string, string?)[] changes) => await Ask(Client(), browser, changes);

    private protected static async Task<Dictionary<string, string>> Ask(Relying client, IBrowser browser, params (string, string?)[] changes) =>
        await browser.Authorize(await client.PushedAddress(changes));

    static async Task<string> AuthenticatedAt(Relying client, Dictionary<string, string> answer) =>
        new JsonWebToken((await Relying.Json(await client.Redeem(answer["code"]))).GetProperty("id_token").GetString()).GetClaim("auth_time").Value;
}
