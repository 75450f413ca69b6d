using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Contracts;
using Platform.Identity.RelyingParties;
using Xunit;

namespace Platform.Tests.Identity.People;

public sealed class CodeFlowTests : IAsyncLifetime
{
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task A_person_logs_in_and_the_relying_party_gets_bound_tokens_of_level_2()
    {
        var portal = await _people.Register();
        var answer = await _people.Open().Authorize(await portal.PushedAddress());

        Assert.Equal(("s-1", IdentityServer.Issuer), (answer["state"], answer["iss"]));
        var tokens = await Relying.Json(await portal.Redeem(answer["code"]));

        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        var id = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal(("n-1", "urn:vn:eid:level:2"), (id.GetClaim("nonce").Value, id.GetClaim("acr").Value));
        Assert.Equal(["mca", "mfa", "pwd"], id.Claims.Where(claim => claim.Type == "amr").Select(claim => claim.Value).Order());
        var access = new JsonWebToken(tokens.GetProperty("access_token").GetString());
        Assert.Equal(_people.Person.Reveal(), access.GetClaim("personal_id").Value);
        Assert.NotEqual(id.Subject, access.Subject);
        Assert.DoesNotContain(id.Claims, claim => claim.Value.Contains(_people.Person.Reveal(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_ends_the_family_at_the_next_call()
    {
        var portal = await _people.Register();
        var answer = await _people.Open().Authorize(await portal.PushedAddress());
        var first = await Relying.Json(await portal.Redeem(answer["code"]));
        var old = first.GetProperty("refresh_token").GetString()!;

        var second = await Relying.Json(await portal.Refresh(old));
        Assert.True((await portal.UserInfo(second.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);

        await Relying.IsError(await portal.Refresh(old), "invalid_grant");
        await Relying.IsError(await portal.Refresh(second.GetProperty("refresh_token").GetString()!), "invalid_grant");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await portal.UserInfo(second.GetProperty("access_token").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task A_party_that_needs_level_2_gets_nothing_at_level_1_until_the_level_is_back()
    {
        var bank = await _people.Register("bank", registration => registration with { MinLevel = 2 });
        var browser = _people.Open();
        var tokens = await Relying.Json(await bank.Redeem(await bank.Code(browser)));
        var code = await bank.Code(browser);
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        await _people.Account.LowerLevel(new AuthorityCall { Official = "officer-1", Reason = "order 1" });

        await Relying.IsError(await bank.Refresh(refresh), "unmet_authentication_requirements");
        await Relying.IsError(await bank.Redeem(code), "unmet_authentication_requirements");

        var at = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await _people.Account.RaiseLevel(new RaiseLevelCall { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = at });
        var again = await Relying.Json(await bank.Refresh(refresh));
        Assert.Equal("urn:vn:eid:level:2", new JsonWebToken(again.GetProperty("id_token").GetString()).GetClaim("acr").Value);
    }

    [Fact]
    public async Task A_party_that_does_not_need_level_2_is_told_of_the_lower_level_at_the_refresh()
    {
        var portal = await _people.Register();
        var tokens = await Relying.Json(await portal.Redeem(await portal.Code(_people.Open())));
        await _people.Account.LowerLevel(new AuthorityCall { Official = "officer-1", Reason = "order 1" });

        var again = await Relying.Json(await portal.Refresh(tokens.GetProperty("refresh_token").GetString()!));

        Assert.Equal("urn:vn:eid:level:1", new JsonWebToken(again.GetProperty("id_token").GetString()).GetClaim("acr").Value);
    }

    [Fact]
    public async Task A_pushed_request_is_used_up_by_a_refusal_as_by_a_code()
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        var silent = await portal.PushedAddress(("prompt", "none"));
        Assert.Equal("login_required", Browser.Parameters(await browser.Get(silent))["error"]);
        await browser.LogIn();
        Assert.StartsWith("/error", (await browser.Get(silent)).Headers.Location!.OriginalString, StringComparison.Ordinal);

        // What may be asked can change between the push and the visit.
        var consent = """[{"type":"urn:vn:citizen-consent","purpose":"p","attributes":["profile.fullName"],"duration_days":1,"data_life_days":1}]""";
        await _people.Server.Services.GetRequiredService<RelyingParties>().Register(portal.Registration with { System = "electricity" }, TestContext.Current.CancellationToken);
        var asking = await portal.PushedAddress(("authorization_details", consent));
        await _people.Server.Services.GetRequiredService<RelyingParties>().Register(portal.Registration, TestContext.Current.CancellationToken);
        Assert.Equal("invalid_authorization_details", Browser.Parameters(await browser.Get(asking))["error"]);
        Assert.StartsWith("/error", (await browser.Get(asking)).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
