using System.Collections.Immutable;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Verify;

/// <summary>For whoever is shown a document: the code gives what was chosen, once.</summary>
static class VerifyRoutes
{
    const int CodeLength = 26;
    const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Verify, (Visit visit) => visit.Page<VerifyPage, VerifyModel>(new VerifyModel("", [])));
        routes.MapPost(Addresses.Verify, Look);
    }

    static async Task<IResult> Look(Visit visit, ApiClient api)
    {
        var code = Read(visit.Field("code"));
        if (code is null)
        {
            return Again(
                visit,
                new FormProblem(
                    visit.T("Mã gồm 26 chữ và số.", "A code has 26 letters and digits."),
                    visit.T("Gõ lại đúng như trên màn hình của người cho xem.", "Type it as it stands on the other person's screen."),
                    "code"),
                StatusCodes.Status400BadRequest);
        }
        var asker = visit.Http.Connection.RemoteIpAddress?.ToString();
        var (shown, problem) = await api.Anonymous<ShownPresentation>(HttpMethod.Post, "v1/presentations", new { code }, asker, visit.Ct);
        return problem is null
            ? visit.Page<ShownPage, ShownPresentation>(shown!)
            : Again(visit, FormProblem.Of(problem, visit.Words) with { Field = "code" }, problem.Status);
    }

    /// <summary>A code as people type it (Crockford's base 32): case, blanks and hyphens do not matter, O is 0, I and L are 1.</summary>
    internal static string? Read(string typed)
    {
        var code = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')).ToUpperInvariant()
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return code.Length == CodeLength && code.All(letter => Letters.Contains(letter, StringComparison.Ordinal)) ? code : null;
    }

    static IResult Again(Visit visit, FormProblem problem, int status) => visit.Page<VerifyPage, VerifyModel>(new VerifyModel(visit.Field("code"), [problem]), status);
}

/// <summary>A code that is being typed.</summary>
public sealed record VerifyModel(string Code, ImmutableArray<FormProblem> Problems);
