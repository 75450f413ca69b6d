using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>At our server: the modules, and what our pages, levels, claims and sectors add.</summary>
public sealed class OidcBasicTests(OurPlace place) : OidcBasicModules(place), IClassFixture<OurPlace>
{
    PeopleServer People => place.People;

    [Fact]
    public async Task Prompt_login_asks_although_logged_in()
    {
        var browser = People.Open();
        await browser.LogIn();
        var client = Client();

        var asked = Browser.Asked(await browser.Get(await client.PushedAddress(("prompt", "login"))));

        Assert.Equal("/login", asked!.Value.Page);
        Assert.Equal("/login", Browser.Asked(await browser.Get($"connect/authorize?interaction={asked.Value.Interaction}"))!.Value.Page);
    }

    [Fact]
    public async Task Max_age_0_asks_again()
    {
        var browser = People.Open();
        await browser.LogIn();
        var client = Client();

        Assert.Equal("/login", Browser.Asked(await browser.Get(await client.PushedAddress(("max_age", "0"))))!.Value.Page);
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
        await People.Register("same-sector", registration => registration with { Jwks = Place.Client.Key.Jwks });
        var bank = await People.Register("bank", registration => registration with { Sector = "bank.example.vn" });
        var client = Client();

        var here = await Subject(client, browser);
        Assert.Equal(here, await Subject(Place.Other.Anew(), browser));
        Assert.NotEqual(here, await Subject(bank, browser));
    }

    [Fact]
    public async Task Id_token_hint_that_another_relying_party_was_given_is_refused()
    {
        var browser = People.Open();
        var bank = await People.Register("hinting-bank", registration => registration with { Sector = "hinting.example.vn" });
        var other = (await Relying.Json(await bank.Redeem(await bank.Code(browser)))).GetProperty("id_token").GetString();

        var client = Client();
        await Relying.IsError(await client.Push(client.Authorization(("prompt", "none"), ("id_token_hint", other))), "invalid_request");
    }

    static async Task<string> Level(Relying client, Dictionary<string, string> answer) =>
        new JsonWebToken((await Relying.Json(await client.Redeem(answer["code"]))).GetProperty("id_token").GetString()).GetClaim("acr").Value;

    static async Task<string> Subject(Relying client, Browser browser) =>
        new JsonWebToken((await Relying.Json(await client.Redeem(await client.Code(browser)))).GetProperty("id_token").GetString()).Subject;
}

/// <summary>At npm oidc-provider.</summary>
[Collection(OraclePlace.Name)]
public sealed class OracleBasicTests(OraclePlace place) : OidcBasicModules(place);
