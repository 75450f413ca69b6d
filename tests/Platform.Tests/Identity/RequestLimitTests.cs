using System.Net;
using System.Text;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class RequestLimitTests : IDisposable
{
    static readonly string TooLarge = "grant_type=client_credentials&scope=" + new string('x', 33 * 1024);

    readonly IdentityPlace _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await IdentityServer.Start(_place);

        var response = await server.Client.PostAsync("connect/token", Form(new StringContent(TooLarge)), Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("32768 bytes", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_unannounced_length_is_cut_off()
    {
        await using var server = await IdentityServer.Start(_place);
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = Form(new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(TooLarge)))),
            Headers = { TransferEncodingChunked = true },
        };

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOrCutOff(server, request));
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_to_wait_and_may_still_read_the_keys()
    {
        await using var server = await IdentityServer.Start(
            _place, settings: new() { ["Identity:TokenRequestsPerMinute"] = "3" });

        var answers = new List<HttpResponseMessage>();
        for (var turn = 0; turn < 5; turn++)
        {
            answers.Add(await server.PostToken(("grant_type", "client_credentials")));
        }

        Assert.Equal([401, 401, 401, 429, 429], answers.Select(answer => (int)answer.StatusCode));
        Assert.True(answers[4].Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.True((await server.Client.GetAsync(new Uri(".well-known/jwks", UriKind.Relative), Ct)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_network_that_opens_too_many_pages_is_told_to_wait_in_words_and_another_is_not()
    {
        await using var server = await IdentityServer.Start(_place, settings: new()
        {
            ["Identity:PageRequestsPerMinute"] = "2",
            ["Identity:ForwardedHeaders:KnownProxies:0"] = "127.0.0.1",
        });

        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Open(server, "203.0.113.7")).StatusCode);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Open(server, "203.0.113.7")).StatusCode);
        var refused = await Open(server, "203.0.113.7");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("đợi một phút", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Open(server, "203.0.113.8")).StatusCode);
        Assert.True((await server.Client.GetAsync(new Uri("assets/pages.css", UriKind.Relative), Ct)).StatusCode != HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_a_stranger_says_about_forwarding_is_ignored()
    {
        await using var server = await IdentityServer.Start(_place, settings: new() { ["Identity:PageRequestsPerMinute"] = "1" });

        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Open(server, "203.0.113.7")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Open(server, "203.0.113.8")).StatusCode);
    }

    static async Task<HttpResponseMessage> Open(IdentityServer server, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "activate") { Headers = { { "X-Forwarded-For", forwardedFor } } };
        return await server.Client.SendAsync(request, Ct);
    }

    // The connection is closed while the sender is still sending, so it may or may not get to read the answer.
    static async Task<HttpStatusCode> StatusOrCutOff(IdentityServer server, HttpRequestMessage request)
    {
        try
        {
            return (await server.Client.SendAsync(request, Ct)).StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.RequestEntityTooLarge;
        }
    }

    static HttpContent Form(HttpContent content)
    {
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return content;
    }
}
