using Platform.Portal.Login;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Shell;

/// <summary>What all pages use: assets, the choice of language, a longer session, and the page for when there is no network.</summary>
static class ShellRoutes
{
    public static void MapShell(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{name}", Assets.Serve).AllowAnonymous();
        routes.MapGet("/sw.js", Assets.ServeWorker).AllowAnonymous();
        routes.MapGet("/favicon.ico", () => new SeeOther(Assets.Link("icon.svg"))).AllowAnonymous();
        routes.MapGet(Addresses.Offline, (Visit visit) => visit.Page<OfflinePage, NoModel>(NoModel.Instance)).AllowAnonymous();
        routes.MapGet(Addresses.Language + "/{language}", (HttpContext http, SafeCookies cookies, string language) =>
            Languages.Set(http, cookies, language, http.Request.Query["return"])).AllowAnonymous();
        routes.MapPost(Addresses.Stay, Stay).RequireAuthorization(Party.Citizen).AddEndpointFilter(PageGate.Check);
        if (routes.ServiceProvider.GetRequiredService<Parties>().Counter is not null)
        {
            routes.MapPost("/counter" + Addresses.Stay, Stay).RequireAuthorization(Party.Counter).AddEndpointFilter(PageGate.Check);
        }
    }

    // Being asked is what keeps a session; a browser without scripts comes back to its page.
    static IResult Stay(Visit visit, SessionDesk sessions, Parties parties)
    {
        var kept = sessions.Write(visit.Http, parties.Find(visit.Session.Party), visit.Session);
        return visit.Http.Request.Headers["Sec-Fetch-Mode"] is [{ } mode] && mode != "navigate"
            ? Results.Json(new { until = kept.IdleEnds, seconds = (int)(kept.IdleEnds - visit.Now).TotalSeconds })
            : Visit.Go(LocalPath.Or(visit.Field(KeptForms.PageField), Addresses.Overview));
    }
}
