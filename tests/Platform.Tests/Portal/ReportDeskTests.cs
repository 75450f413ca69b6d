using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Xunit;

namespace Platform.Tests.Portal;

/// <summary>Officers read what citizens report, and answer it.</summary>
public sealed class ReportDeskTests : IAsyncLifetime
{
    const string Path = "/counter/reports";
    static readonly string Form = $"{Path}/{CounterPages.Report}";
    static readonly string Route = $"POST /v1/reports/{CounterPages.Report}/answer";
    static readonly string Text = $"text-{CounterPages.Report:N}";
    static readonly string Outcome = $"outcome-{CounterPages.Report:N}";
    readonly PortalPlace _place = new();

    public async ValueTask InitializeAsync()
    {
        await _place.InitializeAsync();
        _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList(CounterPages.Open()));
        _place.Api.Answers(Route, """{"id":"x","answer":{}}""");
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Theory]
    [InlineData("vi", "Đề nghị sửa", "Đang ghi: Họ và tên", "việc bạn đọc lần đầu được ghi vào sổ")]
    [InlineData("en", "Correction", "Held now: Full name", "read them for the first time is written")]
    public async Task A_correction_shows_what_is_held_what_is_proposed_and_nobodys_number(string language, string kind, string held, string told)
    {
        var page = await (await _place.LogInOfficer(language)).Get(Path);

        foreach (var text in new[] { kind, held, told, "067*****3456", "Tên tôi sai.", "Nguyễn Thị Hoa", "Hòa" })
        {
            Assert.Contains(text, page.Text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotMatch("<input type=\"radio\"[^>]* checked", page.Html);
        Assert.DoesNotContain("<details open", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_report_is_said_so_and_that_ones_own_are_not_shown()
    {
        _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList());
        var vi = await (await _place.LogInOfficer("vi")).Get(Path);
        var en = await (await _place.LogInOfficer("en")).Get(Path);

        Assert.Contains("Không có phản ánh nào chờ trả lời.", vi.Text, StringComparison.Ordinal);
        Assert.Contains("No report is waiting for an answer. Your own reports are not shown here", en.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_sent_once_with_its_outcome_and_the_list_says_so()
    {
        var browser = await _place.LogInOfficer();
        var list = await browser.Get(Path);
        var page = await browser.Submit(list, Form, (Text, "Đã sửa.\r\nCảm ơn."), (Outcome, "corrected"));
        await browser.Submit(list, Form, (Text, "Đã sửa.\r\nCảm ơn."), (Outcome, "corrected"));
        var asks = _place.Api.Of(Route).ToArray();

        Assert.Equal("/counter/reports?answered=1", page.Path);
        Assert.Contains("Answered. The person sees your answer", page.Text, StringComparison.Ordinal);
        Assert.Equal(("Đã sửa.\nCảm ơn.", "corrected"), ((string?)JsonNode.Parse(asks[0].Body)!["text"], (string?)JsonNode.Parse(asks[0].Body)!["outcome"]));
        Assert.Equal(asks[0].Operation, asks[1].Operation);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", asks[0].Operation!);
    }

    [Fact]
    public async Task A_question_is_explained()
    {
        _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList(CounterPages.Open("accessQuestion", "Vì sao xem?")));
        var browser = await _place.LogInOfficer("vi");
        var list = await browser.Get(Path);
        await browser.Submit(list, Form, (Text, "Để cấp lại giấy."));

        Assert.Contains("Hỏi lý do", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"radio\"", list.Html, StringComparison.Ordinal);
        Assert.Equal("explained", (string?)JsonNode.Parse(Assert.Single(_place.Api.Of(Route)).Body)!["outcome"]);
    }

    [Theory]
    [InlineData("", "corrected", "The answer is empty")]
    [InlineData("Xong", "", "No outcome is chosen")]
    [InlineData("Xong", "done", "No outcome is chosen")]
    public async Task What_is_missing_is_said_with_the_answer_kept_and_nothing_sent(string text, string outcome, string problem)
    {
        var browser = await _place.LogInOfficer();
        var page = await browser.Submit(await browser.Get(Path), Form, (Text, text), (Outcome, outcome));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
        Assert.Contains("<details open", page.Html, StringComparison.Ordinal);
        Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.Empty(_place.Api.Of(Route));
    }

    [Theory]
    [InlineData("report.answered", 409, "Somebody else has answered this report already", "Cán bộ khác đã trả lời phản ánh này")]
    [InlineData("report.own", 403, "You cannot answer your own report", "Bạn không thể trả lời phản ánh của chính mình")]
    [InlineData("report.unknown", 404, "There is no such report", "Không có phản ánh này")]
    [InlineData("report.outcome-unfit", 400, "English title of report.outcome-unfit", "Tiêu đề của report.outcome-unfit")]
    public async Task A_refused_answer_says_why_and_gives_the_words_back(string code, int status, string en, string vi)
    {
        foreach (var (language, words) in new[] { ("en", en), ("vi", vi) })
        {
            _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList(CounterPages.Open()));
            _place.Api.Refuses(Route, status, code);
            var browser = await _place.LogInOfficer(language);
            var list = await browser.Get(Path);
            _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList());
            var page = await browser.Submit(list, Form, (Text, "Lời của tôi"), (Outcome, "corrected"));

            Assert.Equal(status, (int)page.Status);
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
            Assert.Contains("Lời của tôi", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_that_ended_keeps_the_answer()
    {
        var browser = await _place.LogInOfficer();
        var list = await browser.Get(Path);
        _place.Clock.Advance(TimeSpan.FromMinutes(21));
        await browser.Post(list, Form, (Text, "Lời của tôi"), (Outcome, "notCorrected"));
        var back = await browser.Get("/counter/login?return=%2Fcounter%2Freports");

        Assert.Equal(Path, back.Path);
        Assert.Contains("Lời của tôi", HttpUtility.HtmlDecode(back.Html), StringComparison.Ordinal);
        Assert.Matches("value=\"notCorrected\" checked", back.Html);
        Assert.Empty(_place.Api.Of(Route));
    }

    [Fact]
    public async Task A_form_of_nobodys_session_answers_nothing()
    {
        var browser = await _place.LogInOfficer();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRaw(Form, [("_form", "AAAA"), (Text, "x"), (Outcome, "corrected")])).StatusCode);
        Assert.Empty(_place.Api.Of(Route));
    }

    [Fact]
    public async Task Pages_lead_on_and_back_to_the_beginning()
    {
        _place.Api.Answers("GET /v1/reports/open", CounterPages.OpenList(CounterPages.Open()).Replace("null}", $"\"{CounterPages.Report}\"}}", StringComparison.Ordinal));
        var browser = await _place.LogInOfficer();
        Assert.Contains($"href=\"{Path}?after={CounterPages.Report}\"", (await browser.Get(Path)).Html, StringComparison.Ordinal);
        var next = await browser.Get($"{Path}?after={CounterPages.Report}");

        Assert.Contains($"rel=\"prev\" href=\"{Path}\"", next.Html, StringComparison.Ordinal);
        Assert.Equal($"/v1/reports/open?count=20&after={CounterPages.Report}", _place.Api.Of("GET /v1/reports/open").Last().Path);
        await browser.Get($"{Path}?after=../../me");
        Assert.Equal("/v1/reports/open?count=20", _place.Api.Of("GET /v1/reports/open").Last().Path);
    }
}
