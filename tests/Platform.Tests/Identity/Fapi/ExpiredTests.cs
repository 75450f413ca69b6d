using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>What comes too late. A server whose codes and pushed requests are over the moment they are given; how long they live otherwise is in the first test.</summary>
public sealed class ExpiredTests : IAsyncLifetime
{
    static readonly TimeSpan Over = TimeSpan.FromSeconds(-1);

    PeopleServer _people = null!;
    Relying _client = null!;

    OpenIddictServerOptions Options => _people.Server.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleServer.Start();
        _client = await _people.Register();
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public void Codes_and_pushed_requests_live_for_a_minute() =>
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), (Options.AuthorizationCodeLifetime, Options.RequestTokenLifetime));

    [Fact]
    public async Task Attempt_to_use_expired_auth_code()
    {
        var browser = _people.Open();
        await Relying.Json(await _client.Redeem(await _client.Code(browser)));
        Options.AuthorizationCodeLifetime = Over;

        await Relying.IsError(await _client.Redeem(await _client.Code(browser)), "invalid_grant");
    }

    [Fact]
    public async Task Par_attempt_to_use_expired_request_uri()
    {
        Options.RequestTokenLifetime = Over;

        var answer = await _people.Open().Get(await _client.PushedAddress());

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/error?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
