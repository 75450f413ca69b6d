using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Api;

public sealed class ReportTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    static readonly ReportView Wrong = new()
    {
        Id = Guid.NewGuid(),
        Kind = ReportKind.Correction,
        OpenedAt = Answers.At,
        Attribute = "profile.birthDate",
        Text = "Ngày sinh bị sai.",
        Proposed = "02/03/1999",
    };

    static readonly ReportReply Reply = new() { At = Answers.At.AddDays(1), Text = "Đã sửa.", Role = "one-stop-officer", Outcome = ReportOutcome.Corrected };

    readonly ApiServer _server = WithBook(fixture.Fresh());

    [Fact]
    public async Task A_report_reaches_the_grain_whole_and_comes_back_open()
    {
        _server.Grains.On<ICitizenSelf, ReportAnswer>("OpenReport", _ => new ReportAnswer { Report = Wrong });

        var report = (await Open(Bodies.With(Bodies.Report, "/text", "Dòng một.\nDòng hai."))).AssertOk();

        var (key, call) = _server.Grains.Calls.Where(made => made.Method == "OpenReport").Select(made => (made.Key, made.Argument<ReportCall>())).Single();
        Assert.Equal(ApiServer.Person, key);
        Assert.Equal(("key-1", ReportKind.Correction, "profile.birthDate", "Dòng một.\nDòng hai.", "02/03/1999"), (call.OperationKey, call.Kind, call.Attribute, call.Text, call.Proposed));
        Assert.Equal((null, null, null), (call.DocumentKind, call.DocumentNumber, call.Access));
        Assert.Equal(("open", "correction"), (report.GetProperty("state").GetString(), report.GetProperty("kind").GetString()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("answer").ValueKind);
        Assert.NotEmpty(report.GetProperty("about").GetProperty("vi").GetString()!);
    }

    [Fact]
    public async Task Reports_are_listed_with_what_they_are_about_in_words_and_their_answers()
    {
        var access = new ReportedAccess { Id = Guid.NewGuid(), At = Answers.At, Source = new AccessSource { Kind = AccessKind.Disclosure, Id = "bank" } };
        _server.Grains.On<ICitizenHistory, ImmutableArray<ReportView>>("GetReports", _ =>
        [
            Wrong with { Kind = ReportKind.AccessQuestion, Attribute = null, Access = access },
            Wrong with { Attribute = null, DocumentKind = "drivingLicence", DocumentNumber = "66012345" },
            Wrong with { Reply = Reply },
        ]);

        var reports = (await _server.Get("/v1/me/reports", _server.CitizenToken("me.read"))).AssertOk();

        Assert.Equal(
            ["Lần truy cập của Ngân hàng thương mại ngày 02/03/2026", "Giấy phép lái xe", AttributeCatalogue.Shipped.Label("profile.birthDate").Vi],
            reports.EnumerateArray().Select(report => report.GetProperty("about").GetProperty("vi").GetString()));
        Assert.Equal(access.Id, reports[0].GetProperty("access").GetGuid());
        Assert.Equal("66012345", reports[1].GetProperty("document").GetProperty("number").GetString());
        Assert.Equal("answered", reports[2].GetProperty("state").GetString());
        var answer = reports[2].GetProperty("answer");
        Assert.Equal(("Đã sửa.", "corrected", "2026-03-03T02:15:00Z"), (answer.GetProperty("text").GetString(), answer.GetProperty("outcome").GetString(), answer.GetProperty("at").GetString()));
    }

    [Theory]
    [InlineData("/text", "\"\"", "text.empty")]
    [InlineData("/text", "\" \\n \"", "text.empty")]
    [InlineData("/text", "\"a\\tb\"", "text.control-character")]
    [InlineData("/text", "null", "request.shape-invalid")]
    [InlineData("/proposed", "\"a\\nb\"", "text.control-character")]
    [InlineData("/attribute", "null", "report.subject-ambiguous")]
    [InlineData("/attribute", "\"\"", "text.empty")]
    [InlineData("/kind", "\"accessQuestion\"", "report.subject-ambiguous")]
    [InlineData("/kind", "\"complaint\"", "request.shape-invalid")]
    [InlineData("/kind", "1", "request.shape-invalid")]
    [InlineData("/access", "\"0195549a-7c00-7000-8000-000000000001\"", "report.subject-ambiguous")]
    [InlineData("/access", "\"x\"", "request.shape-invalid")]
    [InlineData("/document", "{\"kind\":\"drivingLicence\",\"number\":\"1\"}", "report.subject-ambiguous")]
    [InlineData("/document", "{\"kind\":\"drivingLicence\"}", "request.shape-invalid")]
    [InlineData("/citizen", "\"x\"", "request.shape-invalid")]
    public async Task A_wrong_member_is_refused(string pointer, string value, string code)
    {
        (await Open(Bodies.With(Bodies.Report, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    [Fact]
    public async Task Longer_texts_than_may_be_kept_are_refused()
    {
        (await Open(Bodies.With(Bodies.Report, "/text", new string('x', 2001)))).AssertRefused(400, "text.too-long");
        (await Open(Bodies.With(Bodies.Report, "/proposed", new string('x', 501)))).AssertRefused(400, "text.too-long");
        (await Settle(Bodies.With(Bodies.Settlement, "/text", new string('x', 2001)))).AssertRefused(400, "text.too-long");
        (await Open(Bodies.Report, key: null)).AssertRefused(400, "idempotency-key.missing");
        (await Settle(Bodies.Settlement, key: "a b")).AssertRefused(400, "idempotency-key.malformed");
        Assert.Empty(_server.Grains.Calls);
    }

    [Theory]
    [InlineData(Refusals.CitizenUnknown, 404)]
    [InlineData(Refusals.ReportSubjectUnknown, 404)]
    [InlineData(Refusals.ReportSubjectAmbiguous, 400)]
    [InlineData(Refusals.ReportsTooMany, 409)]
    [InlineData(Refusals.OperationKeyReused, 409)]
    public async Task A_refusal_to_the_citizen_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenSelf, ReportAnswer>("OpenReport", _ => new ReportAnswer { Refusal = code });

        (await Open(Bodies.Report)).AssertRefused(status, code);
    }

    [Theory]
    [InlineData(Refusals.ReportUnknown, 404)]
    [InlineData(Refusals.ReportAnswered, 409)]
    [InlineData(Refusals.ReportOwn, 403)]
    [InlineData(Refusals.ReportOutcomeUnfit, 400)]
    public async Task A_refusal_to_the_official_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<IReportQueue, ReportAnswer>("Answer", _ => new ReportAnswer { Refusal = code });

        (await Settle(Bodies.Settlement)).AssertRefused(status, code);
    }

    [Fact]
    public async Task An_official_sees_the_queue_with_what_is_held_and_answers_under_the_own_name()
    {
        _server.Grains
            .On<IReportQueue, OpenReportPage>("GetOpen", _ => new OpenReportPage
            {
                Items = [new OpenReport { Report = Wrong, Masked = "067*****0017", Held = [new ReportedValue { Path = "profile.birthDate", Text = "1999" }] }],
                Next = Wrong.Id,
            })
            .On<IReportQueue, ReportAnswer>("Answer", _ => new ReportAnswer { Report = Wrong with { Reply = Reply } });

        var page = (await _server.Get($"/v1/reports/open?count=7&after={Wrong.Id}", Token)).AssertOk();

        var asked = _server.Grains.Calls.First(call => call.Method == "GetOpen").Arguments;
        var official = new ReportOfficial { PersonalId = ApiServer.Person, Subject = "officer-1", Role = "one-stop-officer" };
        Assert.Equal([7, Wrong.Id, official], asked);
        Assert.Equal(Wrong.Id, page.GetProperty("next").GetGuid());
        var item = page.GetProperty("items")[0];
        Assert.Equal(("067*****0017", "1999"), (item.GetProperty("personMasked").GetString(), item.GetProperty("currentValue")[0].GetProperty("text").GetString()));
        Assert.False(item.TryGetProperty("document", out _));

        var answered = (await Settle(Bodies.Settlement)).AssertOk();
        var call = _server.Grains.Last.Argument<AnswerReportCall>();
        Assert.Equal((Wrong.Id, "key-1", official, "Đã sửa tại nguồn.", ReportOutcome.Corrected), (call.Report, call.OperationKey, call.Official, call.Text, call.Outcome));
        Assert.Equal("corrected", answered.GetProperty("answer").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("count=0")]
    [InlineData("count=101")]
    [InlineData("after=x")]
    public async Task A_page_that_cannot_be_is_refused(string query) => (await _server.Get($"/v1/reports/open?{query}", Token)).AssertRefused(400, "request.parameter-malformed");

    string Token => _server.People.Official(ApiServer.Person, 2, ["one-stop-officer"], "reports.answer");

    Task<ApiAnswer> Open(string body, string? key = "key-1") =>
        _server.Send(HttpMethod.Post, "/v1/me/reports", _server.CitizenToken("me.write"), body, idempotencyKey: key);

    Task<ApiAnswer> Settle(string body, string? key = "key-1") =>
        _server.Send(HttpMethod.Post, $"/v1/reports/{Wrong.Id}/answer", Token, body, idempotencyKey: key);

    static ApiServer WithBook(ApiServer server)
    {
        server.Grains.On<IRuleBooks, RuleBookView>("Current", _ => new RuleBookView
        {
            Number = 1,
            State = RuleBookState.Published,
            DraftedBy = "staff-1",
            Book = DomainJson.Write(RuleBook.Shipped),
        });
        return server;
    }
}
