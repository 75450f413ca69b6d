using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Asking why somebody looked.</summary>
public sealed class AccessQuestionTests : IAsyncLifetime
{
    const string Detail = $"/accesses/{HistorySamples.Id}";
    const string Ask = $"{Detail}/ask";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Access());
        _place.Api.Answers("GET /v1/me/reports", "[]");
        _place.Api.Answers("POST /v1/me/reports", _ =>
        {
            _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Access(asked: HistorySamples.Other));
            _place.Api.Answers("GET /v1/me/reports", $"[{HistorySamples.Report()}]");
            return FakeApi.Json(HistorySamples.Report());
        });
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task A_question_is_sent_once_however_often_the_button_is_pressed()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Ask);
        await browser.Post(form, Ask, ("text", "Why me?\r\nI never asked."));
        var page = await browser.Submit(form, Ask, ("text", "Why me?\r\nI never asked."));

        var sent = _place.Api.Of("POST /v1/me/reports").ToArray();
        Assert.Single(sent.Select(ask => ask.Operation).Distinct());
        var body = JsonNode.Parse(sent[0].Body)!;
        Assert.Equal(("accessQuestion", HistorySamples.Id, "Why me?\nI never asked."), ((string?)body["kind"], (string?)body["access"], (string?)body["text"]));
        Assert.Equal(Detail + "?done=asked", page.Path);
        Assert.Contains("Your question was sent.", page.Text, StringComparison.Ordinal);
        Assert.Contains("You asked Waiting for an answer", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/ask\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Đã trả lời", "Hỏi thêm")]
    [InlineData("en", "Answered", "Ask again")]
    public async Task An_answer_is_shown_with_the_role_of_who_gave_it_and_one_may_ask_again(string language, string state, string again)
    {
        _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Access(asked: HistorySamples.Other));
        _place.Api.Answers("GET /v1/me/reports", $"[{HistorySamples.Report(answer: "Vì thẻ của bạn sắp hết hạn.")}]");
        var page = await (await _place.LogIn(language)).Get(Detail);

        Assert.Contains(state, page.Text, StringComparison.Ordinal);
        Assert.Contains("Vì thẻ của bạn sắp hết hạn.", page.Text, StringComparison.Ordinal);
        Assert.Contains(again, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_question_waits_there_is_no_second_form()
    {
        _place.Api.Answers($"GET /v1/me{Detail}", HistorySamples.Access(asked: HistorySamples.Other));
        _place.Api.Answers("GET /v1/me/reports", $"[{HistorySamples.Report()}]");
        Assert.Equal(Detail, (await (await _place.LogIn()).Get(Ask)).Path);
    }

    [Theory]
    [InlineData("  ", "Bạn chưa viết câu hỏi")]
    [InlineData(null, "Câu hỏi quá dài")]
    public async Task A_question_without_words_or_with_too_many_is_not_sent_and_not_lost(string? text, string problem)
    {
        text ??= new string('ư', 2001);
        var browser = await _place.LogIn("vi");
        var page = await browser.Submit(await browser.Get(Ask), Ask, ("text", text));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains($"<a href=\"#text\">{problem}", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Contains($">{text.Trim()}</textarea>", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of("POST /v1/me/reports"));
    }

    [Fact]
    public async Task Too_many_open_questions_are_told_in_the_words_of_the_API_and_the_text_stays()
    {
        _place.Api.Refuses("POST /v1/me/reports", 409, "report.too-many");
        var browser = await _place.LogIn();
        var page = await browser.Submit(await browser.Get(Ask), Ask, ("text", "Why?"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("English title of report.too-many English way out of report.too-many", page.Text, StringComparison.Ordinal);
        Assert.Contains(">Why?</textarea>", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "report.subject-unknown", HttpStatusCode.NotFound)]
    [InlineData(409, "operation.key-reused", HttpStatusCode.OK)]
    public async Task What_cannot_be_asked_leads_to_what_is_known(int status, string code, HttpStatusCode shown)
    {
        _place.Api.Refuses("POST /v1/me/reports", status, code);
        var browser = await _place.LogIn();
        Assert.Equal(shown, (await browser.Submit(await browser.Get(Ask), Ask, ("text", "Why?"))).Status);
    }

    [Fact]
    public async Task A_question_outlasts_an_ended_session()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Ask);
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        var ended = await browser.Submit(form, Ask, ("text", "Vì sao hỏi tôi?"));
        Assert.Equal("Your session has ended", ended.Heading);
        Assert.Empty(_place.Api.Of("POST /v1/me/reports"));

        var back = await browser.Get("/login?again=1&return=" + Uri.EscapeDataString(Ask));
        Assert.Equal(Ask, back.Path);
        Assert.Contains(">Vì sao hỏi tôi?</textarea>", WebUtility.HtmlDecode(back.Html), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Submit(back, Ask, ("text", "Vì sao hỏi tôi?"))).Status);
        Assert.Single(_place.Api.Of("POST /v1/me/reports"));
    }

    [Fact]
    public async Task A_question_outlasts_an_API_that_is_down()
    {
        var browser = await _place.LogIn();
        var form = await browser.Get(Ask);
        _place.Api.IsUp = false;
        var down = await browser.Submit(form, Ask, ("text", "Why?"));
        _place.Api.IsUp = true;
        var back = await browser.Get(Ask);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.Status);
        Assert.Contains(">Why?</textarea>", back.Html, StringComparison.Ordinal);
        Assert.Contains(form.Html.Split("name=\"_operation\" value=\"")[1].Split('"')[0], back.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    public async Task Nobody_elses_form_asks_in_a_persons_name(string token)
    {
        var browser = await _place.LogIn();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Ask, [("_form", token), ("text", "Why?")])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Ask, [("text", "Why?")], ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.Empty(_place.Api.Of("POST /v1/me/reports"));
    }
}
