using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Accesses;

/// <summary>The question why somebody looked; an official of the one-stop counter answers it.</summary>
static class AccessQuestion
{
    const int LongestText = 2000;
    const string TextField = "text";

    public static void MapAccessQuestion(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Accesses + "/{id:guid}/ask", Show);
        routes.MapPost(Addresses.Accesses + "/{id:guid}/ask", Ask);
    }

    /// <summary>The person's latest question about an access; null if there is none.</summary>
    public static async Task<Report?> Find(Visit visit, Access access) => access.Asked is not { } asked
        ? null
        : (await visit.Api.Get<ImmutableArray<Report>>("v1/me/reports")).Require().FirstOrDefault(report => report.Id == asked);

    static Task<IResult> Show(Visit visit, Guid id) => Form(visit, id, [], StatusCodes.Status200OK);

    static async Task<IResult> Ask(Visit visit, Guid id)
    {
        var text = Text(visit);
        if (text.Length is 0 or > LongestText)
        {
            return await Form(visit, id, [Wrong(visit, text)], StatusCodes.Status400BadRequest);
        }
        var problem = await visit.Api.Send(HttpMethod.Post, "v1/me/reports", new { kind = "accessQuestion", access = id, text }, visit.Operation);
        return problem switch
        {
            null => Visit.Go($"{Addresses.Accesses}/{id}?done=asked"),
            // The same form was sent before, with other words: what was asked is shown.
            { Code: "operation.key-reused" } => Visit.Go($"{Addresses.Accesses}/{id}"),
            { Code: "report.subject-unknown" } => new FailureResult(AccessRoutes.Unknown),
            _ => await Form(visit, id, [FormProblem.Of(problem, visit.Words)], problem.Status),
        };
    }

    static async Task<IResult> Form(Visit visit, Guid id, ImmutableArray<FormProblem> problems, int status)
    {
        var answer = await visit.Api.Get<Access>($"v1/me/accesses/{id}");
        if (answer.Problem is { Code: "access.unknown" })
        {
            return new FailureResult(AccessRoutes.Unknown);
        }
        var access = answer.Require();
        return access.Kind == "presentationShown" || await Find(visit, access) is { State: "open" }
            ? Visit.Go($"{Addresses.Accesses}/{id}")
            : visit.Page<AccessAskPage, AccessAsk>(new AccessAsk(access, Text(visit), problems), status);
    }

    // Browsers send CR LF.
    static string Text(Visit visit) => visit.Field(TextField).ReplaceLineEndings("\n");

    static FormProblem Wrong(Visit visit, string text) => text.Length == 0
        ? new FormProblem(visit.T("Bạn chưa viết câu hỏi", "You have not written a question"), visit.T("Viết điều bạn muốn biết, một câu cũng được.", "Write what you want to know; one sentence will do."), TextField)
        : new FormProblem(visit.T("Câu hỏi quá dài", "The question is too long"), visit.T($"Viết tối đa {LongestText} chữ cái.", $"Use at most {LongestText} characters."), TextField);
}

/// <summary>A question as it is being written.</summary>
public sealed record AccessAsk(Access Access, string Text, ImmutableArray<FormProblem> Problems);
