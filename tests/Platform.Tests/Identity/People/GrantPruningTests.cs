using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenIddict.EntityFrameworkCore.Models;
using Platform.Identity.Engine.People;
using Platform.Identity.Storage;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Identity.People;

public sealed class GrantPruningTests() : GrantPruningRules(() => Task.FromResult<string?>(null));

public sealed class PostgresGrantPruningTests(PostgresServer server) : GrantPruningRules(async () => await server.CreateDatabase());

/// <summary>What was used up is kept for as long as its second use gives a thief away, and no longer.</summary>
public abstract class GrantPruningRules(Func<Task<string?>> database) : IAsyncLifetime
{
    // The session in the cluster lives by the real clock, only this server's time passes; it begins so early that what runs out here has run out for the
    // database too.
    readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-30).ToUnixTimeSeconds()));
    PeopleServer _people = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(clock: _clock, database: await database());

    public async ValueTask DisposeAsync()
    {
        await _people.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_used_refresh_token_gives_a_thief_away_for_as_long_as_its_family_can_live()
    {
        var portal = await _people.Register();
        portal.Clock = _clock;
        var first = await Tokens(await portal.Redeem(await portal.Code(_people.Open())));
        var second = await Tokens(await portal.Refresh(first));
        _clock.Advance(TimeSpan.FromHours(11.9));
        var third = await Tokens(await portal.Refresh(second));
        await Prune();

        await Relying.IsError(await portal.Refresh(first), "invalid_grant");

        await Relying.IsError(await portal.Refresh(third), "invalid_grant");
        await using var rows = await Open();
        Assert.Equal("revoked", (await rows.Set<OpenIddictEntityFrameworkCoreAuthorization>().SingleAsync(Ct)).Status);
    }

    [Fact]
    public async Task An_hour_after_the_family_has_run_out_nothing_is_left_of_it_and_others_are_untouched()
    {
        var portal = await _people.Register();
        portal.Clock = _clock;
        var old = await Tokens(await portal.Redeem(await portal.Code(_people.Open())));
        await Tokens(await portal.Refresh(old));
        await portal.Push(portal.Authorization());
        _clock.Advance(TimeSpan.FromHours(2));
        var young = await Tokens(await portal.Redeem(await portal.Code(_people.Open())));
        var kept = await Tokens(await portal.Refresh(young));

        _clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal((2, 9), await Left());
        _clock.Advance(TimeSpan.FromSeconds(1));

        // The other login's pushed request, code and two refresh tokens.
        Assert.Equal((1, 4), await Left());
        await Relying.IsError(await portal.Refresh(old), "invalid_grant");
        await Relying.Json(await portal.Refresh(kept));

        _clock.Advance(TimeSpan.FromHours(14));
        Assert.Equal((0, 0), await Left());
    }

    async Task<(int Grants, int Tokens)> Left()
    {
        await Prune();
        await using var rows = await Open();
        return (await rows.Set<OpenIddictEntityFrameworkCoreAuthorization>().CountAsync(Ct), await rows.Set<OpenIddictEntityFrameworkCoreToken>().CountAsync(Ct));
    }

    Task<int> Prune() => _people.Server.Services.GetServices<IPruned>().OfType<GrantPruning>().Single().Prune(Ct);

    Task<IdentityDatabase> Open() => _people.Server.Services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);

    static async Task<string> Tokens(HttpResponseMessage answer) => (await Relying.Json(answer)).GetProperty("refresh_token").GetString()!;
}
