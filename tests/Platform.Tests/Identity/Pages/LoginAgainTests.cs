using System.Web;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Pages;

/// <summary>oidcc-prompt-login and oidcc-max-age to their end, at the pages.</summary>
public sealed class LoginAgainTests : IAsyncLifetime
{
    readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    readonly PagesPlace _place;

    public LoginAgainTests() => _place = new PagesPlace { SiloClock = _clock };

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task Who_must_log_in_again_does_and_the_relying_party_is_told_when(string parameter, string value)
    {
        var portal = await _place.People.Register("again");
        var browser = _place.Open();
        var first = await Login(portal, browser, await browser.Get(await portal.PushedAddress(("ui_locales", "en"))));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("code=", (await browser.Get(await portal.PushedAddress())).Path, StringComparison.Ordinal);
        var asked = await browser.Get(await portal.PushedAddress((parameter, value), ("ui_locales", "en")));
        Assert.Equal("Log in", asked.Title);
        Assert.Equal("Log in", (await browser.Get($"/connect/authorize?interaction={asked.Interaction}")).Title);

        var second = await Login(portal, browser, asked);

        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), AuthTime(second));
        Assert.Equal(300, AuthTime(second) - AuthTime(first));
        Assert.Equal(first.Subject, second.Subject);
    }

    async Task<JsonWebToken> Login(Relying portal, PageBrowser browser, Sheet asked)
    {
        var end = await browser.Submit(asked, "/login", ("number", _place.Number), ("password", PagesPlace.Password));
        var code = HttpUtility.ParseQueryString(new Uri(end.Path).Query)["code"];
        return new JsonWebToken((await Relying.Json(await portal.Redeem(code!))).GetProperty("id_token").GetString());
    }

    static long AuthTime(JsonWebToken token) => token.GetPayloadValue<long>("auth_time");
}
