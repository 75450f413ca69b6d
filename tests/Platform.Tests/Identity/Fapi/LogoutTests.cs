using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>oidcc-rp-initiated-logout and oidcc-backchannel-rp-initiated-logout.</summary>
public sealed class LogoutTests(OurPlace place) : ConformanceModules(place), IClassFixture<OurPlace>
{
    PeopleServer People => place.People;

    const string Event = "http://schemas.openid.net/event/backchannel-logout";

    [Fact]
    public async Task With_id_token_hint_the_session_ends_and_the_browser_goes_back_with_state()
    {
        var (client, browser) = (Client(), People.Open());
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        var answer = await browser.Get(Address(tokens.GetProperty("id_token").GetString()!, Relying.LoggedOut));

        Assert.StartsWith(Relying.LoggedOut, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("s-9", Browser.Parameters(answer)["state"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).StatusCode);
        await Relying.IsError(await client.Refresh(tokens.GetProperty("refresh_token").GetString()!), "invalid_grant");
    }

    [Fact]
    public async Task A_form_of_the_relying_party_ends_the_session_as_its_link_does()
    {
        var (client, browser) = (Client(), People.Open());
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/endsession")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["id_token_hint"] = tokens.GetProperty("id_token").GetString()!,
                ["post_logout_redirect_uri"] = Relying.LoggedOut,
                ["state"] = "s-9",
            }),
        };

        // Another site's form brings no session cookie: nothing is decided on it, the browser comes again by itself.
        var sent = await browser.Send(request);
        var asked = Browser.Asked(sent)!.Value;
        Assert.Equal("/connect/endsession", asked.Page);
        Assert.True((await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
        var answer = await browser.Get($"connect/endsession?interaction={asked.Interaction}");

        Assert.StartsWith(Relying.LoggedOut, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("s-9", Browser.Parameters(answer)["state"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).StatusCode);
        Assert.StartsWith("/error", (await browser.Get($"connect/endsession?interaction={asked.Interaction}")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_hint_the_person_is_asked_and_nothing_ends()
    {
        var (client, browser) = (Client(), People.Open());
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        Assert.Equal("/logout", Browser.Asked(await browser.Get("connect/endsession"))!.Value.Page);
        Assert.True((await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData(Relying.LoggedOut + "?x=1")]
    [InlineData(Relying.Redirect)]
    public async Task A_post_logout_redirect_uri_that_is_not_registered_is_not_followed(string address)
    {
        var (client, browser) = (Client(), People.Open());
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        var answer = await browser.Get(Address(tokens.GetProperty("id_token").GetString()!, address));

        Assert.StartsWith("/error", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_that_is_not_ours_ends_nothing()
    {
        var (client, browser) = (Client(), People.Open());
        var tokens = await Relying.Json(await client.Redeem(await client.Code(browser)));

        await browser.Get(Address("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", Relying.LoggedOut));

        Assert.True((await client.UserInfo(tokens.GetProperty("access_token").GetString()!)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Every_relying_party_of_the_session_is_told_in_the_back_channel_and_one_that_is_down_is_told_later()
    {
        await using var party = await Party.Start();
        var first = await People.Register("first-party", registration => registration with { BackChannelLogoutUri = party.Address });
        var second = await People.Register("second-party", registration => registration with { BackChannelLogoutUri = party.Address + "-busy" });
        var browser = People.Open();
        var tokens = await Relying.Json(await first.Redeem(await first.Code(browser)));
        await Relying.Json(await second.Redeem(await second.Code(browser)));

        await browser.Get(Address(tokens.GetProperty("id_token").GetString()!, Relying.LoggedOut));
        await party.Told("first-party", 1);
        await party.Told("second-party", 2);

        var token = new JsonWebToken(party.Tokens["first-party"].First());
        var id = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal(("logout+jwt", IdentityServer.Issuer, id.Subject, id.GetClaim("sid").Value), (token.Typ, token.Issuer, token.Subject, token.GetClaim("sid").Value));
        Assert.Equal(["first-party"], token.Audiences);
        Assert.True(System.Text.Json.JsonElement.Parse(token.GetClaim("events").Value).TryGetProperty(Event, out _));
        Assert.DoesNotContain(token.Claims, claim => claim.Type == "nonce");
        var keys = new JsonWebKeySet(await People.Server.Client.GetStringAsync(new Uri(".well-known/jwks", UriKind.Relative), Ct));
        Assert.True((await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = IdentityServer.Issuer,
            ValidAudience = "first-party",
            IssuerSigningKeys = keys.GetSigningKeys(),
        })).IsValid);
    }

    static string Address(string hint, string back) => $"connect/endsession?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(back)}&state=s-9";

    /// <summary>Relying parties that listen; an address that ends in busy answers 503 at first.</summary>
    sealed class Party : IAsyncDisposable
    {
        readonly WebApplication _app;
        readonly SemaphoreSlim _called = new(0);

        Party(WebApplication app) => _app = app;

        public ConcurrentDictionary<string, ConcurrentQueue<string>> Tokens { get; } = new();

        public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/logout";

        public static async Task<Party> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration["Urls"] = "http://127.0.0.1:0";
            var app = builder.Build();
            var party = new Party(app);
            app.MapPost("/logout", (HttpRequest request) => party.Take(request, busyUntil: 0));
            app.MapPost("/logout-busy", (HttpRequest request) => party.Take(request, busyUntil: 2));
            await app.StartAsync(Ct);
            return party;
        }

        /// <summary>Waits until a client was called so often.</summary>
        public async Task Told(string client, int times)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            while ((Tokens.GetValueOrDefault(client)?.Count ?? 0) < times)
            {
                await _called.WaitAsync(patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _called.Dispose();
        }

        async Task<IResult> Take(HttpRequest request, int busyUntil)
        {
            var token = (await request.ReadFormAsync(Ct))["logout_token"].Single()!;
            var told = Tokens.GetOrAdd(new JsonWebToken(token).Audiences.Single(), _ => new());
            told.Enqueue(token);
            _called.Release();
            return told.Count < busyUntil ? Results.StatusCode(503) : Results.Ok();
        }
    }
}
