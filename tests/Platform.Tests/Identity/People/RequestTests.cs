using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>How authorization requests arrive: by link or form, in time or too late, from clients of the older kind.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    PeopleServer _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeopleServer.Start(clock: _clock);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task A_pushed_request_is_to_be_visited_within_a_minute_and_then_leaves_the_person_time()
    {
        var portal = await _people.Register();
        var (late, intime) = (await portal.PushedAddress(), await portal.PushedAddress());
        var browser = _people.Open();
        var asked = Browser.Asked(await browser.Get(intime))!.Value;

        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.StartsWith("/error?code=", (await _people.Open().Get(late)).Headers.Location!.OriginalString, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await browser.LogIn(interaction: asked.Interaction);
        Assert.Contains("code", Browser.Parameters(await browser.Get($"connect/authorize?interaction={asked.Interaction}")).Keys);
        Assert.StartsWith("/error?code=", (await browser.Get(intime)).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_comes_by_a_form_is_brought_again_by_the_browser_itself_and_answered_once()
    {
        var portal = await _people.Register();
        var browser = _people.Open();
        await browser.LogIn();
        var pushed = new Uri(new Uri(IdentityServer.Issuer), await portal.PushedAddress());
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/authorize") { Content = new StringContent(pushed.Query.TrimStart('?'), null, "application/x-www-form-urlencoded") };

        var asked = Browser.Asked(await browser.Send(request))!.Value;

        Assert.Equal("/connect/authorize", asked.Page);
        Assert.Contains("code", Browser.Parameters(await browser.Get($"connect/authorize?interaction={asked.Interaction}")).Keys);
        Assert.StartsWith("/error", (await browser.Get($"connect/authorize?interaction={asked.Interaction}")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/error", (await browser.Get(pushed.PathAndQuery.TrimStart('/'))).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_opens_nothing_at_another_browser_than_the_one_that_brought_it()
    {
        var portal = await _people.Register();
        var (thief, victim) = (_people.Open(), _people.Open());
        await victim.LogIn();
        var pushed = new Uri(new Uri(IdentityServer.Issuer), await portal.PushedAddress());
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/authorize") { Content = new StringContent(pushed.Query.TrimStart('?'), null, "application/x-www-form-urlencoded") };
        var asked = Browser.Asked(await thief.Send(request))!.Value;

        Assert.StartsWith("/error", (await victim.Get($"connect/authorize?interaction={asked.Interaction}")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_signs_with_RS256_and_names_the_token_endpoint_gets_unbound_tokens()
    {
        var key = SectorKey.Rsa("RS256");
        var registered = await _people.Register("apache", registration => registration with { Jwks = key.Jwks, SenderConstrained = false });
        string Assertion(string audience) => key.Assert("apache", _clock.GetUtcNow(), claims => claims["aud"] = audience);
        var pushed = await Relying.Json(await registered.Push(registered.Authorization(), assertion: Assertion(IdentityServer.TokenEndpoint)));
        var code = (await _people.Open().Authorize($"connect/authorize?client_id=apache&request_uri={Uri.EscapeDataString(pushed.GetProperty("request_uri").GetString()!)}"))["code"];
        Dictionary<string, string> Form(string audience) => new(registered.Authentication(Assertion(audience))
            .Concat([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Relying.Redirect), ("code_verifier", registered.Verifier)])
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2!)));
        await Relying.IsError(
            await registered.Post("connect/token", Form("https://other.example.vn/connect/token")), "invalid_client", System.Net.HttpStatusCode.Unauthorized);

        var tokens = await Relying.Json(await registered.Post("connect/token", Form(IdentityServer.TokenEndpoint)));

        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.True((await PublicClient.UserInfo(registered, tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
    }
}
