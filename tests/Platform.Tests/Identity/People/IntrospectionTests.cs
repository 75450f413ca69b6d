using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Introspection (RFC 7662): whether a token counts is told to the client that it belongs to, and to nobody else.</summary>
public sealed class IntrospectionTests : IAsyncLifetime
{
    const string Path = "connect/introspect";
    readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(clock: _clock);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("made_up")]
    public async Task A_token_that_counts_is_active_whatever_its_kind_was_said_to_be(string? hint)
    {
        var (portal, access, refresh) = await LogIn();

        foreach (var token in new[] { access, refresh })
        {
            var answer = await Relying.Json(await portal.About(Path, token, hint));

            Assert.True(answer.GetProperty("active").GetBoolean());
            Assert.Equal((IdentityServer.Issuer, "portal"), (answer.GetProperty("iss").GetString(), answer.GetProperty("client_id").GetString()));
            Assert.DoesNotContain(_people.Person.Reveal(), answer.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_a_token_that_does_not_count_nothing_is_told_but_that()
    {
        var (portal, access, refresh) = await LogIn();
        var other = await _people.Register("other");
        var code = await portal.Code(_people.Open());
        foreach (var (asking, token) in new[] { (other, access), (other, refresh), (portal, "made up"), (portal, access + "x") })
        {
            await IsInactive(asking, token);
        }

        await Relying.IsError(await portal.About(Path, code), "unsupported_token_type");

        await _people.Account.EndSessions("test", null);
        await IsInactive(portal, access);
        await IsInactive(portal, refresh);
    }

    [Fact]
    public async Task A_token_that_was_redeemed_or_has_run_out_is_inactive()
    {
        var (portal, access, refresh) = await LogIn();
        await Relying.Json(await portal.Refresh(refresh));
        await IsInactive(portal, refresh);

        Assert.True((await Relying.Json(await portal.About(Path, access))).GetProperty("active").GetBoolean());
        _clock.Advance(TimeSpan.FromMinutes(5));
        await IsInactive(portal, access);
    }

    [Fact]
    public async Task Who_does_not_authenticate_is_told_nothing()
    {
        var (portal, access, _) = await LogIn();
        var stranger = SectorKey.Es256();

        await Relying.IsError(await portal.About(Path, access, assertion: portal.Assertion(key: stranger)), "invalid_client", HttpStatusCode.Unauthorized);
        await Relying.IsError(await portal.About(Path, access, assertion: portal.Assertion(claims => claims["aud"] = "https://other.example.vn/")), "invalid_client", HttpStatusCode.Unauthorized);
        await Relying.IsError(await portal.Post(Path, new() { ["token"] = access }), "invalid_client", HttpStatusCode.Unauthorized);
        await Relying.IsError(await portal.Post(Path, new() { ["token"] = access, ["client_id"] = "portal" }), "invalid_client", HttpStatusCode.Unauthorized);
        var assertion = portal.Assertion();
        Assert.True((await portal.About(Path, access, assertion: assertion)).IsSuccessStatusCode);
        await Relying.IsError(await portal.About(Path, access, assertion: assertion), "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_public_client_proves_nothing_and_is_told_nothing()
    {
        var (app, tokens) = await PublicClient.LogIn(_people);

        await Relying.IsError(
            await app.Post(Path, new() { ["token"] = tokens.GetProperty("access_token").GetString()!, ["client_id"] = app.ClientId }), "unauthorized_client");
    }

    async Task<(Relying Portal, string Access, string Refresh)> LogIn()
    {
        var portal = await _people.Register();
        portal.Clock = _clock;
        var tokens = await Relying.Json(await portal.Redeem(await portal.Code(_people.Open())));
        return (portal, tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
    }

    static async Task IsInactive(Relying asking, string token) =>
        Assert.Equal("""{"active":false}""", JsonSerializer.Serialize(await Relying.Json(await asking.About(Path, token))));
}
