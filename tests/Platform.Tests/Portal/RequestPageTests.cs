using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Requests for consent: seen, decided, and no longer to be decided.</summary>
public sealed class RequestPageTests : IAsyncLifetime
{
    const string Detail = $"/requests/{HistorySamples.Id}";
    const string Route = $"GET /v1/me{Detail}";
    const string Decision = $"POST /v1/me{Detail}/decision";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers(Route, HistorySamples.Request(hash: HistorySamples.Hash));
        _place.Api.Answers($"GET /v1/me/consents/{HistorySamples.Other}", HistorySamples.Detail());
        _place.Api.Answers(Decision, ask =>
        {
            var granted = (bool)JsonNode.Parse(ask.Body)!["granted"]!;
            _place.Api.Answers(Route, Ended(granted ? "granted" : "refused", granted));
            _place.Api.Answers($"GET /v1/me/consents/{HistorySamples.Other}", HistorySamples.Detail(granted ? "granted" : "refused"));
            return FakeApi.Json(HistorySamples.Consent());
        });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Waiting_ones_come_first_by_urgency_and_ended_ones_with_how_they_ended()
    {
        _place.Api.Answers("GET /v1/me/requests", HistorySamples.List(
        [
            HistorySamples.Request(vi: "Muộn"), HistorySamples.Request(vi: "Sớm", until: "2026-11-21T02:00:00Z"),
            HistorySamples.Request(state: "granted", vi: "Đồng", endedAt: "2026-11-19T02:00:00Z"), HistorySamples.Request(state: "expired", vi: "Hết", endedAt: "2026-11-18T02:00:00Z"),
            HistorySamples.Request(state: "cancelled", vi: "Rút", endedAt: "2026-11-17T02:00:00Z"), HistorySamples.Request(state: "refused", vi: "Từ", endedAt: "2026-11-16T02:00:00Z"),
        ]));
        var page = await (await _place.LogIn("vi")).Get("/requests");

        Assert.Matches("Sớm .*trước 09:00, 21/11/2026 .*Muộn .*Đồng .*Đã đồng ý .*Hết .*Hết hạn .*Rút .*Nơi hỏi đã rút .*Từ .*Đã từ chối", page.Text);
        Assert.Contains("Hỏi 2 mục", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Không có yêu cầu nào chờ bạn.")]
    [InlineData("en", "No request waits for you.")]
    public async Task No_request_is_said_so(string language, string words)
    {
        Assert.Contains(words, (await (await _place.LogIn(language)).Get("/requests")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_ended_ones_come_in_pages()
    {
        _place.Api.Answers("GET /v1/me/requests", HistorySamples.List(Enumerable.Range(1, 45)
            .Select(number => HistorySamples.Request(state: "refused", vi: $"Nơi {number}.", endedAt: $"2026-11-{number % 15 + 1:00}T02:00:00Z"))));
        var browser = await _place.LogIn("vi");
        Assert.Contains("href=\"/requests?page=2\"", (await browser.Get("/requests")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Cũ hơn", (await browser.Get("/requests?page=3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_stand_exactly_as_hashed_and_nothing_is_ticked()
    {
        var page = await (await _place.LogIn()).Get(Detail);
        var wording = WebUtility.HtmlDecode(Regex.Match(page.Html, "<div class=\"panel wording\" id=\"wording\" lang=\"en\">([^<]*)</div>").Groups[1].Value);

        Assert.Equal("Bank of Đắk Nông wants data about you", page.Heading);
        Assert.Equal("Bên nhận dữ liệu: Ngân hàng.\n• Họ và tên\nQuyền của bạn <b>.", wording);
        Assert.Equal(2, Regex.Count(page.Html, "type=\"checkbox\""));
        Assert.DoesNotContain("\" checked", page.Html, StringComparison.Ordinal);
        Assert.Contains("Blood group Sensitive", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Full name Sensitive", page.Text, StringComparison.Ordinal);
        Assert.Contains("Xin chào <script> Nobody has checked these.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal);
        Assert.EndsWith("?language=en", _place.Api.Of(Route).Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ticked_is_granted_once_and_its_proof_is_shown()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        (string, string)[] ticked = [("decision", "grant"), ("target", "profile.fullName")];
        await browser.Post(form, Detail, ticked);
        var page = await browser.Submit(form, Detail, ticked);

        var sent = _place.Api.Of(Decision).ToArray();
        Assert.Single(sent.Select(ask => ask.Operation).Distinct());
        Assert.NotNull(sent[0].Operation);
        Assert.Equal($$"""{"granted":true,"targets":["profile.fullName"],"language":"en","textHash":"{{HistorySamples.Hash}}"}""", sent[0].Body);
        Assert.Equal(Detail + "?done=1", page.Path);
        Assert.Contains("Your consent is recorded.", page.Text, StringComparison.Ordinal);
        Assert.Contains("You allowed Full name Not allowed Blood group", page.Text, StringComparison.Ordinal);
        Assert.Contains("Entry 41", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/consents/{HistorySamples.Other}\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusing_sends_nothing_that_was_ticked()
    {
        var browser = await _place.LogIn("vi");
        var page = await browser.Submit(await browser.Get(Detail), Detail, ("decision", "refuse"), ("target", "profile.fullName"));

        Assert.StartsWith("""{"granted":false,"targets":[],""", _place.Api.Of(Decision).Single().Body, StringComparison.Ordinal);
        Assert.Contains("Đã ghi nhận từ chối của bạn.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Từ chối Mục số 41", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bạn đã cho phép", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Bạn chưa chọn mục nào")]
    [InlineData("en", "You have not ticked anything")]
    public async Task Granting_nothing_is_asked_about_and_not_sent(string language, string problem)
    {
        var browser = await _place.LogIn(language);
        var page = await browser.Submit(await browser.Get(Detail), Detail, ("decision", "grant"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains($"<a href=\"#target-0\">{problem}", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of(Decision));
    }

    [Fact]
    public async Task Words_that_changed_are_read_again_with_nothing_ticked()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        _place.Api.Answers(Route, HistorySamples.Request(hash: new string('c', 64), words: "New words."));
        _place.Api.Refuses(Decision, 409, "request.text-changed");
        var page = await browser.Submit(form, Detail, ("decision", "grant"), ("target", "profile.fullName"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("The words have changed since you opened the page", page.Text, StringComparison.Ordinal);
        Assert.Contains("New words.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\" checked", page.Html, StringComparison.Ordinal);
        Assert.Contains($"name=\"textHash\" value=\"{new string('c', 64)}\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request.decided", "granted", "They may receive only what you chose.")]
    [InlineData("request.decided", "expired", "The request has expired.")]
    [InlineData("request.decided", "cancelled", "They took the request back.")]
    [InlineData("operation.key-reused", "granted", "They may receive only what you chose.")]
    public async Task What_no_longer_waits_shows_how_it_ended_and_that_nothing_changed(string code, string state, string lead)
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        _place.Api.Answers(Route, Ended(state, state == "granted"));
        _place.Api.Refuses(Decision, 409, code);
        var page = await browser.Submit(form, Detail, ("decision", "grant"), ("target", "profile.fullName"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("This request no longer waits", page.Text, StringComparison.Ordinal);
        Assert.Contains(lead, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Your consent is recorded.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"checkbox\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Cần người đại diện cùng đồng ý")]
    [InlineData("en", "Your representative must agree too")]
    public async Task A_ward_is_told_whom_it_takes_and_may_still_refuse(string language, string problem)
    {
        _place.Api.Refuses(Decision, 403, "representative.needed");
        var browser = await _place.LogIn(language);
        var page = await browser.Submit(await browser.Get(Detail), Detail, ("decision", "grant"), ("target", "profile.fullName"));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"refuse\"", page.Html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page.Html, "\" checked"));
    }

    [Fact]
    public async Task Any_other_refusal_is_told_in_the_words_of_the_API_and_the_ticks_stay()
    {
        _place.Api.Refuses(Decision, 409, "consents.too-many");
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get(Detail), Detail, ("decision", "grant"), ("target", "profile.fullName"));

        Assert.Contains("English title of consents.too-many English way out of consents.too-many", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"profile.fullName\" checked", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_worded_any_more_cannot_be_decided_and_says_so()
    {
        _place.Api.Answers(Route, HistorySamples.Request());
        var page = await (await _place.LogIn()).Get(Detail);

        Assert.Contains("It cannot be decided now", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"grant\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticks_outlast_an_ended_session_unless_the_words_have_changed()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        (string, string)[] ticked = [("decision", "grant"), ("target", "profile.bloodGroup")];
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal("Your session has ended", (await browser.Submit(form, Detail, ticked)).Heading);
        Assert.Empty(_place.Api.Of(Decision));
        var copy = browser.Copy();

        var back = await browser.Get("/login?again=1&return=" + Uri.EscapeDataString(Detail));
        Assert.Contains("value=\"profile.bloodGroup\" checked", back.Html, StringComparison.Ordinal);
        Assert.Contains("What you had typed is still here", back.Text, StringComparison.Ordinal);

        _place.Api.Answers(Route, HistorySamples.Request(hash: new string('c', 64)));
        var changed = await copy.Get("/login?again=1&return=" + Uri.EscapeDataString(Detail));
        Assert.DoesNotContain("\" checked", changed.Html, StringComparison.Ordinal);
        Assert.Contains("The words have changed", changed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_request_is_not_there()
    {
        _place.Api.Refuses($"GET /v1/me/requests/{HistorySamples.Other}", 404, "request.unknown");
        _place.Api.Refuses(Decision, 404, "request.unknown");
        var browser = await _place.LogIn("vi");
        var form = await browser.Get(Detail);
        _place.Api.Refuses(Route, 404, "request.unknown");

        foreach (var page in new[] { await browser.Get($"/requests/{HistorySamples.Other}"), await browser.Submit(form, Detail, ("decision", "refuse")) })
        {
            Assert.Equal((HttpStatusCode.NotFound, "Bạn không có yêu cầu này"), (page.Status, page.Heading));
        }
    }

    [Fact]
    public async Task A_form_without_a_button_or_without_our_token_decides_nothing()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Submit(form, Detail, ("target", "profile.fullName"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Detail, [("_form", "AAAA"), ("decision", "grant"), ("target", "profile.fullName")])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Detail, [("decision", "grant")], ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.Empty(_place.Api.Of(Decision));
    }

    [Fact]
    public async Task While_the_API_is_down_nothing_is_decided_and_the_ticks_are_kept()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Detail);
        _place.Api.IsUp = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get("/requests")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Submit(form, Detail, ("decision", "grant"), ("target", "profile.fullName"))).Status);
        _place.Api.IsUp = true;

        var back = await browser.Get(Detail);
        Assert.Contains("value=\"profile.fullName\" checked", back.Html, StringComparison.Ordinal);
        Assert.Contains(form.Html.Split("name=\"_operation\" value=\"")[1].Split('"')[0], back.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_name_stays_whole()
    {
        _place.Api.Answers(Route, HistorySamples.Request(hash: HistorySamples.Hash, vi: Samples.LongName));
        Assert.Equal($"{Samples.LongName} muốn nhận thông tin của bạn", (await (await _place.LogIn("vi")).Get(Detail)).Heading);
    }

    static string Ended(string state, bool chosen) => HistorySamples.Request(
        state: state, consent: state is "granted" or "refused" ? HistorySamples.Other : null, chosen: chosen, endedAt: "2026-11-20T03:00:00Z");
}
