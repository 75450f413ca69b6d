using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Home;

/// <summary>The first page before login, and the first one after it.</summary>
static class HomeRoutes
{
    const int AccessesShown = 5;

    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Addresses.Home, (Visit visit) => visit.IsLoggedIn ? Visit.Go(Addresses.Overview) : visit.Page<HomePage, NoModel>(NoModel.Instance));

    public static void MapOverview(this IEndpointRouteBuilder routes) => routes.MapGet(Addresses.Overview, Show);

    static async Task<IResult> Show(Visit visit)
    {
        var documents = visit.Api.Get<ImmutableArray<HeldDocument>>("v1/me/documents");
        var requests = visit.Api.Get<ImmutableArray<ConsentRequest>>("v1/me/requests");
        var accesses = visit.Api.Get<AccessPage>($"v1/me/accesses?count={AccessesShown}");
        await Task.WhenAll(documents, requests, accesses);
        var today = Words.DayOf(visit.Now);
        return visit.Page<OverviewPage, Overview>(new Overview(
            visit.Session.Name,
            [.. (await requests).Require().Where(request => request.State == "waiting")],
            [.. (await documents).Require().Where(document => document.ExpiresSoon(today)).OrderBy(document => document.ValidTo)],
            (await accesses).Require().Items));
    }
}

/// <summary>What the overview shows.</summary>
public sealed record Overview(
    string? Name, ImmutableArray<ConsentRequest> Waiting, ImmutableArray<HeldDocument> Expiring, ImmutableArray<Access> Accesses);
