using System.Net;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Revocation (RFC 7009): a client gives back what is its own.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    const string Path = "connect/revoke";
    readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(clock: _clock);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "refresh_token")]
    [InlineData(false, null)]
    [InlineData(false, "access_token")]
    [InlineData(false, "made_up")]
    public async Task Either_token_ends_both_whatever_its_kind_was_said_to_be(bool byAccessToken, string? hint)
    {
        var (portal, access, refresh) = await LogIn();

        Assert.Equal(HttpStatusCode.OK, (await portal.About(Path, byAccessToken ? access : refresh, hint)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.UserInfo(access)).StatusCode);
        await Relying.IsError(await portal.Refresh(refresh), "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await portal.About(Path, byAccessToken ? access : refresh, hint)).StatusCode);
    }

    [Fact]
    public async Task Nobody_gives_back_what_is_another_clients_or_without_authenticating()
    {
        var (portal, access, refresh) = await LogIn();
        var other = await _people.Register("other");
        foreach (var token in new[] { access, refresh })
        {
            // As for a token that does not exist, so that nobody learns of others' tokens.
            Assert.Equal(HttpStatusCode.OK, (await other.About(Path, token)).StatusCode);
            await Relying.IsError(await portal.About(Path, token, assertion: portal.Assertion(key: SectorKey.Es256())), "invalid_client", HttpStatusCode.Unauthorized);
            await Relying.IsError(await portal.Post(Path, new() { ["token"] = token, ["client_id"] = "portal" }), "invalid_client", HttpStatusCode.Unauthorized);
        }

        Assert.True((await portal.UserInfo(access)).IsSuccessStatusCode);
        await Relying.Json(await portal.Refresh(refresh));
    }

    [Fact]
    public async Task What_is_no_token_or_has_run_out_is_given_back_already()
    {
        var (portal, access, refresh) = await LogIn();
        Assert.Equal(HttpStatusCode.OK, (await portal.About(Path, "made up")).StatusCode);

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await portal.About(Path, access)).StatusCode);
        Assert.True((await Relying.Json(await portal.About("connect/introspect", refresh))).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task An_ID_token_is_not_given_back()
    {
        var portal = await _people.Register();
        portal.Clock = _clock;
        var tokens = await Relying.Json(await portal.Redeem(await portal.Code(_people.Open())));

        await Relying.IsError(await portal.About(Path, tokens.GetProperty("id_token").GetString()!), "unsupported_token_type");
    }

    [Fact]
    public async Task A_public_client_gives_its_tokens_back_by_its_name()
    {
        var (app, tokens) = await PublicClient.LogIn(_people);
        var access = tokens.GetProperty("access_token").GetString()!;
        var (portal, _, _) = await LogIn();
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.Post(Path, new() { ["token"] = access, ["client_id"] = portal.ClientId })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PublicClient.UserInfo(app, access)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await app.Post(Path, new() { ["token"] = access, ["client_id"] = app.ClientId })).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await PublicClient.UserInfo(app, access)).StatusCode);
    }

    async Task<(Relying Portal, string Access, string Refresh)> LogIn()
    {
        var portal = await _people.Register();
        portal.Clock = _clock;
        var tokens = await Relying.Json(await portal.Redeem(await portal.Code(_people.Open())));
        return (portal, tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
    }
}
