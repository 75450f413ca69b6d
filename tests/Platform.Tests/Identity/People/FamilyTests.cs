using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;
using Platform.Identity.Storage;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Tokens that were killed or given back stay dead, although the session lives and the relying party comes back into it without a word.</summary>
public sealed class FamilyTests : IAsyncLifetime
{
    const int AtOnce = 6;
    PeopleServer _people = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(instances: 2);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task A_family_that_was_killed_stays_dead_after_the_next_silent_login()
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        var first = await Tokens(portal, browser);
        var second = Of(await Relying.Json(await portal.Refresh(first.Refresh)));
        await Relying.IsError(await portal.Refresh(first.Refresh), "invalid_grant");

        var fresh = await Silent(portal, browser);

        foreach (var server in _people.Servers)
        {
            portal.Server = server;
            foreach (var old in new[] { first, second })
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await portal.UserInfo(old.Access)).StatusCode);
                await Relying.IsError(await portal.Refresh(old.Refresh), "invalid_grant");
                Assert.False(await IsActive(portal, old.Access));
                Assert.False(await IsActive(portal, old.Refresh));
            }

            // What came later is not of the family, whoever still tries the old ones.
            Assert.True((await portal.UserInfo(fresh.Access)).IsSuccessStatusCode);
            Assert.True(await IsActive(portal, fresh.Access));
            Assert.True(await IsActive(portal, fresh.Refresh));
        }

        await Relying.Json(await portal.Refresh(fresh.Refresh));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_that_were_given_back_stay_dead_after_the_next_silent_login(bool byAccessToken)
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        var old = await Tokens(portal, browser);
        Assert.True((await portal.About("connect/revoke", byAccessToken ? old.Access : old.Refresh)).IsSuccessStatusCode);

        var fresh = await Silent(portal, browser);
        Assert.True((await portal.About("connect/revoke", old.Access)).IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.UserInfo(old.Access)).StatusCode);
        await Relying.IsError(await portal.Refresh(old.Refresh), "invalid_grant");
        Assert.True((await portal.UserInfo(fresh.Access)).IsSuccessStatusCode);
        await Relying.Json(await portal.Refresh(fresh.Refresh));
    }

    [Fact]
    public async Task Whoever_wins_the_race_for_a_refresh_token_holds_nothing_after_the_next_silent_login()
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        for (var round = 0; round < 3; round++)
        {
            var old = await Tokens(portal, browser);
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(index =>
            {
                var copy = portal.Anew(keepKey: true);
                copy.Server = _people.Servers[index % 2];
                return copy.Refresh(old.Refresh);
            }));
            var won = new List<Pair>();
            foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
            {
                won.Add(Of(await Relying.Json(answer)));
            }

            var fresh = await Silent(portal, browser);

            Assert.InRange(won.Count, 0, 1);
            foreach (var winner in won)
            {
                await Relying.IsError(await portal.Refresh(winner.Refresh), "invalid_grant");
                Assert.Equal(HttpStatusCode.Unauthorized, (await portal.UserInfo(winner.Access)).StatusCode);
            }

            Assert.True((await portal.UserInfo(fresh.Access)).IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task A_refresh_token_that_was_written_after_the_kill_belongs_to_a_revoked_grant()
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        var first = await Tokens(portal, browser);
        var second = Of(await Relying.Json(await portal.Refresh(first.Refresh)));
        await Relying.IsError(await portal.Refresh(first.Refresh), "invalid_grant");
        await using var database = await _people.Server.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);
        var grant = Assert.Single(await database.Set<OpenIddictEntityFrameworkCoreAuthorization>().ToListAsync(Ct));
        Assert.Equal("revoked", grant.Status);

        // As the row stands if the winner of a race writes it last.
        Assert.Equal(1, await database.Set<OpenIddictEntityFrameworkCoreToken>()
            .Where(token => token.Type == "urn:ietf:params:oauth:token-type:refresh_token" && token.RedemptionDate == null)
            .ExecuteUpdateAsync(token => token.SetProperty(one => one.Status, "valid"), Ct));
        await Silent(portal, browser);

        await Relying.IsError(await portal.Refresh(second.Refresh), "invalid_grant");
    }

    static async Task<Pair> Tokens(Relying portal, Browser browser) => Of(await Relying.Json(await portal.Redeem(await portal.Code(browser))));

    /// <summary>Nobody is asked anything: the browser is still logged in.</summary>
    static async Task<Pair> Silent(Relying portal, Browser browser) => Of(await Relying.Json(await portal.Redeem(await portal.Code(browser, ("prompt", "none")))));

    static Pair Of(System.Text.Json.JsonElement tokens) => new(tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);

    static async Task<bool> IsActive(Relying portal, string token) =>
        (await Relying.Json(await portal.About("connect/introspect", token))).GetProperty("active").GetBoolean();

    sealed record Pair(string Access, string Refresh);
}
