using System.Net;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>The API down, slow, wrong or refusing: a page of its own, never half a page.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    readonly PortalPlace _place = new();

    public ValueTask InitializeAsync() => _place.InitializeAsync();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task An_API_that_is_down_is_told_in_human_words_with_a_way_to_retry_and_recovers()
    {
        var browser = await _place.LogIn("vi");
        _place.Api.IsUp = false;
        var page = await browser.Get("/overview?a=1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("Chưa lấy được dữ liệu của bạn", page.Heading);
        Assert.Contains("href=\"/overview?a=1\"", page.Html, StringComparison.Ordinal);
        Assert.Equal("30", page.Answer.Headers.RetryAfter!.ToString());
        _place.Api.IsUp = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/overview?a=1")).Status);
    }

    [Theory]
    [InlineData("not json", 200)]
    [InlineData("[{}]", 200)]
    [InlineData("null", 200)]
    [InlineData("<html>", 404)]
    public async Task An_answer_that_cannot_be_read_shows_nothing_of_it(string body, int status)
    {
        var browser = await _place.LogIn();
        _place.Api.Answers("GET /v1/me/documents", body, status);
        var page = await browser.Get("/overview");

        Assert.Equal(HttpStatusCode.BadGateway, page.Status);
        Assert.Equal("The system gave an answer that we cannot use", page.Heading);
        Assert.DoesNotContain("Who looked recently", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_the_API_does_not_know_is_our_fault()
    {
        var browser = await _place.LogIn();
        _place.Api.Refuses("GET /v1/me/documents", 404, "route.unknown");
        Assert.Equal(HttpStatusCode.BadGateway, (await browser.Get("/overview")).Status);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_the_API()
    {
        var browser = await _place.LogIn("vi");
        _place.Api.Refuses("GET /v1/me/documents", 404, "citizen.unknown");
        var page = await browser.Get("/overview");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Tiêu đề của citizen.unknown", page.Heading);
        Assert.Contains("Lối ra của citizen.unknown", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_that_is_too_low_says_how_to_raise_it()
    {
        var browser = await _place.LogIn();
        _place.Api.Refuses("GET /v1/me/documents", 403, "identity.level-too-low");
        var page = await browser.Get("/overview");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal("You need an identity of level 2", page.Heading);
    }

    [Fact]
    public async Task A_short_outage_is_waited_out_once()
    {
        var browser = await _place.LogIn();
        var first = true;
        _place.Api.Answers("GET /v1/me/documents", _ =>
        {
            var answer = first ? FakeApi.Json(FakeApi.Problem(503, "unavailable").ToJsonString(), 503) : FakeApi.Json("[]");
            if (first)
            {
                answer.Headers.Add("Retry-After", "0");
            }
            first = false;
            return answer;
        });

        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/overview")).Status);
    }

    [Fact]
    public async Task A_new_nonce_costs_a_second_try_and_no_more()
    {
        var browser = await _place.LogIn();
        _place.Api.Nonce = "n-2";
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/overview")).Status);
    }

    [Fact]
    public async Task Not_seen_notifications_are_counted_and_nobody_fails_for_want_of_the_number()
    {
        var browser = await _place.LogIn();
        Assert.Contains("Notifications 3 not seen", (await browser.Get("/overview")).Text, StringComparison.Ordinal);
        _place.Api.Answers("GET /v1/me/notifications", "oops", 500);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/overview")).Status);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/assets/nothing.css", 404)]
    public async Task What_is_not_there_is_said_so(string path, int status)
    {
        var page = await _place.Open().Get(path);
        Assert.Equal(status, (int)page.Status);
        Assert.Equal("We cannot find this page", page.Heading);
    }

    [Fact]
    public async Task A_slow_API_is_not_waited_for_without_end()
    {
        var browser = await _place.LogIn();
        _place.Api.Answers("GET /v1/me/documents", _ => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout."));
        var page = await browser.Get("/overview");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
    }
}
