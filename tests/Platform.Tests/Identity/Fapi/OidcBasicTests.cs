using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>oidcc-basic: prompt, max_age, hints, levels, userinfo.</summary>
public sealed class OidcBasicTests(FapiTest.Place place) : FapiTest(place)
{
    [Fact]
    public async Task Prompt_none_not_logged_in() => Assert.Equal("login_required", (await Ask(People.Open(), ("prompt", "none")))["error"]);

    [Fact]
    public async Task Prompt_none_logged_in()
    {
        var browser = People.Open();
        await browser.LogIn();

        Assert.Contains("code", (await Ask(browser, ("prompt", "none"))).Keys);
    }

    [Fact]
    public async Task Prompt_none_together_with_another_value_is_refused()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("prompt", "none login"))), "invalid_request");
    }

    [Fact]
    public async Task Prompt_login_asks_although_logged_in_and_auth_time_is_new()
    {
        var browser = People.Open();
        await browser.LogIn();
        var client = Client();

        var asked = Browser.Asked(await browser.Get(await client.PushedAddress(("prompt", "login"))));

        Assert.Equal("/login", asked!.Value.Page);
        Assert.Equal("/login", Browser.Asked(await browser.Get($"connect/authorize?interaction={asked.Value.Interaction}"))!.Value.Page);
    }

    [Fact]
    public async Task Max_age_0_asks_again_and_max_age_10000_does_not()
    {
        var browser = People.Open();
        await browser.LogIn();
        var client = Client();

        Assert.Contains("code", (await Ask(browser, ("max_age", "10000"))).Keys);
        Assert.Equal("/login", Browser.Asked(await browser.Get(await client.PushedAddress(("max_age", "0"))))!.Value.Page);
        await Relying.IsError(await client.Push(client.Authorization(("max_age", "-1"))), "invalid_request");
        await Relying.IsError(await client.Push(client.Authorization(("max_age", "soon"))), "invalid_request");
    }

    [Fact]
    public async Task Id_token_hint_of_the_person_is_accepted_and_of_nobody_known_refused()
    {
        var browser = People.Open();
        var client = Client();
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        Assert.Contains("code", (await Ask(browser, ("prompt", "none"), ("id_token_hint", tokens.GetProperty("id_token").GetString()))).Keys);
    }

    [Fact]
    public async Task A_service_that_needs_level_2_steps_a_level_1_login_up()
    {
        var browser = People.Open();
        await browser.LogIn(withDevice: false);
        var client = Client();
        Assert.Equal("urn:vn:eid:level:1", await Level(client, await Ask(client, browser)));

        Assert.Equal("login_required", (await Ask(browser, ("prompt", "none"), ("acr_values", "urn:vn:eid:level:2")))["error"]);
        Assert.Equal("urn:vn:eid:level:2", await Level(client, await Ask(client, browser, ("acr_values", "urn:vn:eid:level:2"))));
    }

    [Fact]
    public async Task An_unknown_level_is_refused_with_a_name_of_its_own()
    {
        var client = Client();

        await Relying.IsError(await client.Push(client.Authorization(("acr_values", "urn:example:gold"))), "unmet_authentication_requirements");
    }

    [Fact]
    public async Task Ensure_scope_that_is_not_registered_is_refused()
    {
        var client = Client();

        Assert.Equal(HttpStatusCode.BadRequest, (await client.Push(client.Authorization(("scope", "openid rules.publish")))).StatusCode);
    }

    [Fact]
    public async Task Userinfo_gives_the_same_subject_and_only_claims_that_were_asked_and_approved()
    {
        var client = Client();
        var browser = People.Open();
        var session = await browser.LogIn();
        var bare = await Relying.Json(await client.Redeem(await client.Code(browser)));
        var without = await Relying.Json(await client.UserInfo(bare.GetProperty("access_token").GetString()!));
        Assert.Equal(["iss", "sub"], without.EnumerateObject().Select(member => member.Name).Where(name => name != "aud").Order());
        Assert.Equal(new JsonWebToken(bare.GetProperty("id_token").GetString()).Subject, without.GetProperty("sub").GetString());

        await People.Account.ApproveClaims(session.Id, client.ClientId, ["name"]);
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser, ("scope", "openid profile"))));
        var info = await Relying.Json(await client.UserInfo(tokens.GetProperty("access_token").GetString()!));

        Assert.Equal("NGUYỄN THỊ HOA", info.GetProperty("name").GetString());
        Assert.False(info.TryGetProperty("birthdate", out _));
        Assert.False(info.TryGetProperty("personal_id", out _));
    }

    [Fact]
    public async Task Two_sectors_know_a_person_by_different_subjects_and_one_sector_by_one()
    {
        var browser = People.Open();
        await People.Register("same-sector", registration => registration with { Jwks = Current.Client.Key.Jwks });
        var bank = await People.Register("bank", registration => registration with { Sector = "bank.example.vn" });
        var client = Client();

        var here = await Subject(client, browser);
        Assert.Equal(here, await Subject(Current.Other.Anew(), browser));
        Assert.NotEqual(here, await Subject(bank, browser));
    }

    async Task<Dictionary<string, string>> Ask(Browser browser, params (string, string?)[] changes) => await Ask(Client(), browser, changes);

    static async Task<Dictionary<string, string>> Ask(Relying client, Browser browser, params (string, string?)[] changes) =>
        await browser.Authorize(await client.PushedAddress(changes));

    static async Task<string> Level(Relying client, Dictionary<string, string> answer) =>
        new JsonWebToken((await Relying.Json(await client.Redeem(answer["code"]))).GetProperty("id_token").GetString()).GetClaim("acr").Value;

    static async Task<string> Subject(Relying client, Browser browser) =>
        new JsonWebToken((await Relying.Json(await client.Redeem(await client.Code(browser)))).GetProperty("id_token").GetString()).Subject;
}
