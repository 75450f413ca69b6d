using Microsoft.IdentityModel.JsonWebTokens;
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
}
