using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Counter;

/// <summary>What citizens report, and the officers' answers.</summary>
static class ReportDesk
{
    const int Shown = 20;
    const int Longest = 2000;
    static readonly ImmutableArray<string> Settlements = ["corrected", "notCorrected"];

    public static async Task<IResult> Show(Visit visit) =>
        Page(visit, await List(visit, visit.Query("after")), visit.Query("after"), [], null, StatusCodes.Status200OK, visit.Query("answered") == "1");

    public static async Task<IResult> Answer(Visit visit, Guid id)
    {
        var (text, outcome, after) = (visit.Field(TextField(id)).ReplaceLineEndings("\n").Normalize(), visit.Field(OutcomeField(id)), visit.Field("after"));
        if (Check(visit, id, text, outcome) is { Count: > 0 } problems)
        {
            return Page(visit, await List(visit, after), after, problems, null, StatusCodes.Status400BadRequest);
        }
        var answer = await visit.Api.Post<object>($"v1/reports/{id}/answer", new { text, outcome }, Operation(visit.Operation, id));
        if (answer.Problem is not { } refusal)
        {
            return Visit.Go($"{Addresses.CounterReports}?answered=1{(Place(after) is { } place ? $"&after={place}" : "")}");
        }
        var list = await List(visit, after);
        // Where the report is no longer in the list, the words would be lost with its form.
        return Page(visit, list, after, [Of(refusal, visit)], list.Items.Any(item => item.Id == id) ? null : text, refusal.Status);
    }

    public static string TextField(Guid id) => $"text-{id:N}";

    public static string OutcomeField(Guid id) => $"outcome-{id:N}";

    static async Task<OpenReportPage> List(Visit visit, string after) =>
        (await visit.Api.Get<OpenReportPage>($"v1/reports/open?count={Shown}{(Place(after) is { } place ? $"&after={place}" : "")}")).Require();

    static IResult Page(Visit visit, OpenReportPage list, string after, IReadOnlyList<FormProblem> problems, string? unsent, int status, bool done = false) =>
        visit.Page<ReportsPage, ReportsView>(
            new([.. list.Items.Select(item => new ReportForm(item, visit.Field(TextField(item.Id)), visit.Field(OutcomeField(item.Id))))], after, list.Next, problems, unsent, done),
            status);

    static List<FormProblem> Check(Visit visit, Guid id, string text, string outcome)
    {
        var problems = new List<FormProblem>();
        if (outcome != "explained" && !Settlements.Contains(outcome))
        {
            problems.Add(new(visit.T("Chưa chọn kết quả", "No outcome is chosen"), visit.T("Chọn đã sửa hay không sửa.", "Choose whether it was corrected or not."), OutcomeField(id)));
        }
        if (text.Length is 0 or > Longest)
        {
            problems.Add(text.Length == 0
                ? new(visit.T("Câu trả lời còn trống", "The answer is empty"), visit.T("Viết vài câu để người dân hiểu.", "Write a few sentences that the person understands."), TextField(id))
                : new(visit.T("Câu trả lời quá dài", "The answer is too long"), visit.T("Rút còn 2.000 ký tự.", "Shorten it to 2,000 characters."), TextField(id)));
        }
        return problems;
    }

    static FormProblem Of(ApiProblem refusal, Visit visit) => refusal.Code switch
    {
        "report.answered" => new(
            visit.T("Cán bộ khác đã trả lời phản ánh này", "Somebody else has answered this report already"),
            visit.T("Câu trả lời của bạn không được gửi. Danh sách dưới đây là mới nhất.", "Your answer was not sent. The list below is the newest.")),
        "report.own" => new(
            visit.T("Bạn không thể trả lời phản ánh của chính mình", "You cannot answer your own report"),
            visit.T("Để đồng nghiệp trả lời.", "Leave it to a colleague.")),
        "report.unknown" => new(
            visit.T("Không có phản ánh này", "There is no such report"),
            visit.T("Chọn trong danh sách dưới đây.", "Choose from the list below.")),
        _ => new(visit.T(refusal.TitleVi, refusal.Title), visit.T(refusal.DetailVi, refusal.Detail)),
    };

    static Guid? Place(string after) => Guid.TryParseExact(after, "D", out var place) ? place : null;

    // A page has one operation id and a form for each report.
    static string Operation(string page, Guid id) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{page}\n{id}")))[..22];
}

/// <summary>Open reports with a form for each.</summary>
public sealed record ReportsView(
    ImmutableArray<ReportForm> Reports, string After, Guid? Next, IReadOnlyList<FormProblem> Problems, string? Unsent, bool Done);

/// <summary>A report, and what the officer has typed so far.</summary>
public sealed record ReportForm(OpenReport Report, string Text, string Outcome);
