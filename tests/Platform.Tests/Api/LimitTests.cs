using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.TestHost;
using Platform.Contracts;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>Buckets are refilled once a minute or second, so a test that spends them at once needs no clock.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_person_who_asks_too_often_is_told_to_wait_and_nobody_else_is()
    {
        await using var server = await ApiServer.Start(("Api:Limits:PersonBurst", "2"), ("Api:Limits:PersonPerMinute", "1"));
        var token = server.StaffToken("systems.manage");

        (await server.Get("/v1/systems", token)).AssertRefused(500, "platform.fault");
        (await server.Get("/v1/systems", token)).AssertRefused(500, "platform.fault");
        var limited = await server.Get("/v1/systems", token);

        limited.AssertRefused(429, "request.rate-limited");
        Assert.InRange(int.Parse(limited.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        (await server.Get("/v1/systems", server.People.Staff("staff-8", 2, ["rule-owner"], "systems.manage"))).AssertRefused(500, "platform.fault");
    }

    [Fact]
    public async Task A_system_that_asks_too_often_is_told_to_wait_even_for_what_it_may_not_have()
    {
        await using var server = await ApiServer.Start(("Api:Limits:SystemBurst", "1"), ("Api:Limits:SystemPerSecond", "1"));

        (await server.Get("/v1/me", server.SystemToken())).AssertRefused(403, "token.wrong-kind");
        var answers = new List<ApiAnswer>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            answers.Add(await server.Get("/v1/catalogue", server.SystemToken("catalogue.read")));
        }

        Assert.Contains(answers, answer => answer.Code == "request.rate-limited");
        (await server.Get("/v1/catalogue", server.Systems.System("bank", "catalogue.read"))).AssertRefused(500, "platform.fault");
    }

    [Fact]
    public async Task An_address_that_fails_too_often_is_told_to_wait_while_valid_tokens_from_it_still_count()
    {
        await using var server = await ApiServer.Start(("Api:Limits:FailuresPerMinute", "2"));

        (await server.Get("/v1/me", null)).AssertRefused(401, "token.missing");
        (await server.Get("/v1/me", "x.y.z")).AssertRefused(401, "token.invalid");
        (await server.Get("/v1/me", null)).AssertRefused(429, "request.rate-limited");
        (await server.Get("/v1/systems", server.StaffToken("systems.manage"))).AssertRefused(500, "platform.fault");
    }

    [Fact]
    public async Task Behind_a_known_proxy_the_address_of_the_client_is_counted_and_nobody_else_may_choose_one()
    {
        await using var server = await ApiServer.Start(("Api:Limits:FailuresPerMinute", "1"), ("Api:ForwardedHeaders:KnownProxies:0", "10.0.0.7"));
        async Task<int> Fail(string from, string forwarded) => (await server.App.GetTestServer().SendAsync(context =>
        {
            context.Request.Path = "/v1/me";
            context.Request.Headers["X-Forwarded-For"] = forwarded;
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        }, TestContext.Current.CancellationToken)).Response.StatusCode;

        Assert.Equal(401, await Fail("10.0.0.7", "203.0.113.1"));
        Assert.Equal(401, await Fail("10.0.0.7", "203.0.113.2"));
        Assert.Equal(429, await Fail("10.0.0.7", "203.0.113.1"));
        Assert.Equal(401, await Fail("10.0.0.8", "203.0.113.3"));
        Assert.Equal(429, await Fail("10.0.0.8", "203.0.113.4"));
    }

    [Fact]
    public async Task What_one_instance_cannot_carry_is_sent_away_at_once_and_health_is_answered_all_the_same()
    {
        await using var server = await ApiServer.Start(("Api:Limits:InFlight", "1"));
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Grains.OnLater<IRuleBooks, ImmutableArray<SystemView>>("Systems", async () =>
        {
            reached.TrySetResult();
            await release.Task;
            return [];
        });
        var first = server.Get("/v1/systems", server.StaffToken("systems.manage"));
        await reached.Task;

        var second = await server.Get("/v1/systems", server.StaffToken("systems.manage"));

        second.AssertRefused(503, "platform.busy");
        Assert.Equal("1", second.Headers["Retry-After"]);
        Assert.Equal(200, (await server.Get("/health/live", null)).Status);
        release.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await server.Get("/v1/systems", server.StaffToken("systems.manage"))).Status);
    }
}
