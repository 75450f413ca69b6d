using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Accesses;

/// <summary>Who looked: the history with its filters, one access, all of it as a file, and the question why.</summary>
static class AccessRoutes
{
    const int PageLength = 25;
    const string List = "v1/me/accesses";

    internal static readonly Failure Unknown = new(
        StatusCodes.Status404NotFound,
        Failure.Both("Sổ của bạn không có lần này", "Your ledger has no such entry"),
        Failure.Both("Địa chỉ có thể đã gõ sai, hoặc thuộc về người khác.", "The address may be mistyped, or belong to somebody else."),
        Failure.Both("Mở mục “Ai đã xem” để xem danh sách của bạn.", "Open “Who looked” to see your own list."));

    public static void MapAccesses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Accesses, Show);
        routes.MapGet(Addresses.Accesses + "/export", Export);
        routes.MapGet(Addresses.Accesses + "/{id:guid}", ShowOne);
        routes.MapAccessQuestion();
    }

    static async Task<IResult> Show(Visit visit)
    {
        var filter = AccessFilter.Of(visit);
        var before = AccessFilter.Before(visit);
        var summary = visit.Api.Get<AccessSummary>($"{List}/summary");
        var page = visit.Api.Get<AccessPage>(filter.At(List, before, PageLength));
        await Task.WhenAll(summary, page);
        return visit.Page<AccessesPage, AccessHistory>(new AccessHistory(filter, before, (await summary).Require(), (await page).Require()));
    }

    static async Task<IResult> Export(Visit visit)
    {
        var filter = AccessFilter.Of(visit);
        // Before anything is sent, so that a failure is still a page.
        var first = (await visit.Api.Get<AccessPage>(filter.At(List, null, AccessExport.PageLength))).Require();
        return new AccessExport(visit, before => visit.Api.Get<AccessPage>(filter.At(List, before, AccessExport.PageLength)), first);
    }

    static async Task<IResult> ShowOne(Visit visit, Guid id)
    {
        var answer = await visit.Api.Get<Access>($"{List}/{id}");
        if (answer.Problem is { Code: "access.unknown" })
        {
            return new FailureResult(Unknown);
        }
        var access = answer.Require();
        return visit.Page<AccessDetailPage, AccessShown>(new AccessShown(access, await AccessQuestion.Find(visit, access), visit.Query("done") == "asked"));
    }
}

/// <summary>A part of the history.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Before">Where it begins; null for the newest.</param>
/// <param name="Summary">The whole history in numbers.</param>
/// <param name="Page">The accesses.</param>
public sealed record AccessHistory(AccessFilter Filter, long? Before, AccessSummary Summary, AccessPage Page)
{
    public AccessOrganisation? MostFrequent => Summary.Organisations.MaxBy(organisation => organisation.Count);
}

/// <summary>One access with the person's question about it.</summary>
public sealed record AccessShown(Access Access, Report? Question, bool JustAsked);
