using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Callers;
using Xunit;

namespace Platform.Tests.Api;

public sealed class TokenCacheTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_spoiled_token_gains_nothing_from_the_right_one_before_it()
    {
        await using var server = await ApiServer.Start();
        var right = server.SystemToken("catalogue.read");
        for (var call = 0; call < 3; call++)
        {
            (await server.Get("/v1/catalogue", right)).AssertRefused(500, "platform.fault");
        }

        var last = right[^3];
        (await server.Get("/v1/catalogue", $"{right[..^3]}{(last == 'A' ? 'B' : 'A')}{right[^2..]}")).AssertRefused(401, "token.invalid");
        (await server.Get("/v1/catalogue", right[..^1])).AssertRefused(401, "token.invalid");
        (await server.Get("/v1/disclosures/0195549a-7c00-7000-8000-000000000001", right)).AssertRefused(403, "token.scope-missing");
        (await server.SendWith("/v1/catalogue", $"DPoP {right}")).AssertRefused(401, "token.not-bound");
    }

    [Fact]
    public async Task A_token_seen_before_is_refused_once_its_issuers_keys_are_others()
    {
        await using var server = await ApiServer.Start();
        var token = server.SystemToken("catalogue.read");
        (await server.Get("/v1/catalogue", token)).AssertRefused(500, "platform.fault");

        server.Systems.Rotate();
        await server.RefreshKeys(server.Systems);

        (await server.Get("/v1/catalogue", token)).AssertRefused(401, "token.invalid");
        (await server.Get("/v1/catalogue", server.SystemToken("catalogue.read"))).AssertRefused(500, "platform.fault");
    }

    [Fact]
    public void What_is_kept_ends_with_the_token_and_with_the_keys()
    {
        var clock = new FakeTimeProvider(Start);
        using var tokens = new ValidatedTokens(clock);
        var keys = new object();
        var validated = Validated(keys, Start.AddMinutes(5));

        tokens.Keep("token", validated);

        Assert.Same(validated, tokens.Find("token", keys));
        Assert.Null(tokens.Find("Token", keys));
        Assert.Null(tokens.Find("token", new object()));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(tokens.Find("token", keys));
    }

    [Fact]
    public void What_has_ended_is_not_kept_and_however_many_come_there_is_an_end()
    {
        using var tokens = new ValidatedTokens(new FakeTimeProvider(Start));
        var keys = new object();
        tokens.Keep("over", Validated(keys, Start));
        Assert.Null(tokens.Find("over", keys));

        var validated = Validated(keys, Start.AddMinutes(5));
        for (var index = 0; index < 25_000; index++)
        {
            tokens.Keep($"token {index}", validated);
        }

        Assert.InRange(Enumerable.Range(0, 25_000).Count(index => tokens.Find($"token {index}", keys) is not null), 1, 20_000);
    }

    static ValidatedToken Validated(object keys, DateTimeOffset until)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "insurance"), new("client_id", "insurance")], "Test"));
        return new ValidatedToken("issuer", principal, TokenClaims.Read(principal)!, keys, until);
    }
}
