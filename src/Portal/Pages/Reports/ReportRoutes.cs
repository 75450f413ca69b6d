using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Reports;

/// <summary>The person says what is wrong, and sees the answers to that and to questions about accesses.</summary>
static class ReportRoutes
{
    public const string New = Addresses.Reports + "/new";
    const string Text = "text";
    const string Proposed = "proposed";
    const int LongestText = 2000;
    const int LongestProposal = 500;

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Reports, List);
        routes.MapGet(New, Ask);
        routes.MapPost(New, Send);
    }

    static async Task<IResult> List(Visit visit) => visit.Page<ReportsPage, ReportList>(
        new ReportList((await visit.Api.Get<ImmutableArray<Report>>("v1/me/reports")).Require(), visit.Query("done") == "1"));

    static async Task<IResult> Ask(Visit visit) => await ReportSubject.Find(visit, visit.Query) is { } subject
        ? visit.Page<ReportPage, ReportForm>(Form(visit, subject))
        : Results.NotFound();

    static async Task<IResult> Send(Visit visit)
    {
        if (await ReportSubject.Find(visit, visit.Field) is not { } subject)
        {
            return Results.NotFound();
        }
        var form = Form(visit, subject) with { Problems = Check(visit) };
        if (form.Problems.Length > 0)
        {
            return visit.Page<ReportPage, ReportForm>(form, StatusCodes.Status400BadRequest);
        }
        var body = new
        {
            kind = "correction",
            attribute = subject.Attribute,
            document = subject.Document is { } document ? new { kind = document.Kind, number = document.Number } : null,
            text = form.Text,
            proposed = form.Proposed.Length == 0 ? null : form.Proposed,
        };
        var (_, problem) = await visit.Api.Post<Report>("v1/me/reports", body, visit.Operation);
        return problem is null
            ? Visit.Go(Addresses.Reports + "?done=1")
            : visit.Page<ReportPage, ReportForm>(form with { Problems = [FormProblem.Of(problem, visit.Words)] }, problem.Status);
    }

    static ReportForm Form(Visit visit, ReportSubject subject) => new(subject, Plain(visit.Field(Text)), visit.Field(Proposed), []);

    // Browsers end lines with two characters, and the API counts one.
    static string Plain(string text) => text.ReplaceLineEndings("\n");

    static ImmutableArray<FormProblem> Check(Visit visit) =>
    [
        .. new[]
        {
            Plain(visit.Field(Text)) is not { Length: > 0 and <= LongestText }
                ? new FormProblem(
                    visit.T($"Hãy viết điều bạn muốn nói, từ 1 đến {LongestText} ký tự.", $"Write what you want to say, in 1 to {LongestText} characters."),
                    visit.T("Càng cụ thể càng được trả lời nhanh.", "The more exact it is, the sooner it is answered."),
                    Text)
                : null,
            visit.Field(Proposed).Length > LongestProposal
                ? new FormProblem(
                    visit.T($"Giá trị đúng dài tối đa {LongestProposal} ký tự.", $"The right value may have {LongestProposal} characters at most."),
                    visit.T("Viết phần còn lại vào ô trên.", "Write the rest in the field above."),
                    Proposed)
                : null,
        }.OfType<FormProblem>(),
    ];
}

/// <summary>The person's reports.</summary>
public sealed record ReportList(ImmutableArray<Report> Reports, bool Done);

/// <summary>A report that is being written.</summary>
public sealed record ReportForm(ReportSubject Subject, string Text, string Proposed, ImmutableArray<FormProblem> Problems);
