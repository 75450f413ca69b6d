using Microsoft.Extensions.Options;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Login;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Security;

/// <summary>The person's e-ID account: where it is in use, what happened to it, and how to stop somebody else. Factors are changed at the identity server alone.</summary>
static class SecurityRoutes
{
    const string Session = Addresses.Security + "/sessions/{reference:regex(^[A-Za-z0-9_-]{{22}}$)}";
    const string Others = Addresses.Security + "/sessions/others";

    public static void MapSecurity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Security, Show);
        routes.MapGet(Addresses.AccountHistory, async (Visit visit) => visit.Page<HistoryPage, Account>(await Read(visit)));
        routes.MapGet(Session, ShowSession);
        routes.MapPost(Session, EndSession);
        routes.MapGet(Others, async (Visit visit) => AskAboutOthers(visit, await Read(visit)));
        routes.MapPost(Others, EndOthers);
        routes.MapGet(Addresses.Lock, (Visit visit) => visit.Page<LockPage, LockPlan>(new([])));
        routes.MapPost(Addresses.Lock, Lock);
    }

    /// <summary>For somebody who is logged in nowhere any more.</summary>
    public static void MapLocked(this IEndpointRouteBuilder routes) => routes.MapGet(Addresses.Locked, (Visit visit, IOptions<PortalOptions> portal) =>
        visit.IsLoggedIn ? Visit.Go(Addresses.Security) : visit.Page<LockedPage, LockedAccount>(new(new Uri(portal.Value.Identity!, "unlock"))));

    static async Task<IResult> Show(Visit visit, IOptions<PortalOptions> portal) => visit.Page<SecurityPage, SecurityState>(new(
        await Read(visit), visit.Query("done"), portal.Value.ClientId!, WithWayBack(portal.Value, "account/devices"), WithWayBack(portal.Value, "account/password")));

    static async Task<IResult> ShowSession(Visit visit, IOptions<PortalOptions> portal, string reference) => AskAbout(visit, portal.Value, await Read(visit), reference);

    static async Task<IResult> EndSession(Visit visit, IOptions<PortalOptions> portal, string reference)
    {
        var problem = await visit.Api.Send(HttpMethod.Post, $"v1/me/account/sessions/{reference}/end");
        // Asked twice, or ended from elsewhere meanwhile: what was wanted is so.
        if (problem is null or { Code: "session.unknown" })
        {
            return Visit.Go(Addresses.Security + "?done=session");
        }
        return AskAbout(visit, portal.Value, await Read(visit), reference, problem);
    }

    static async Task<IResult> EndOthers(Visit visit)
    {
        var problem = await visit.Api.Send(HttpMethod.Post, "v1/me/account/sessions/end-others");
        return problem is null ? Visit.Go(Addresses.Security + "?done=others") : AskAboutOthers(visit, await Read(visit), problem);
    }

    static async Task<IResult> Lock(Visit visit, SessionDesk sessions, Parties parties)
    {
        if (await visit.Api.Send(HttpMethod.Post, "v1/me/account/lock") is { } problem)
        {
            return visit.Page<LockPage, LockPlan>(new([FormProblem.Of(problem, visit.Words)]), problem.Status);
        }
        sessions.Forget(visit.Http, parties.Citizen);
        return Visit.Go(Addresses.Locked);
    }

    static Failure SessionOver { get; } = new(
        StatusCodes.Status404NotFound,
        Failure.Both("Phiên này đã kết thúc", "This session is over"),
        Failure.Both("Nó đã hết hạn hoặc đã được kết thúc. Không còn ai dùng được phiên này.", "It ran out or was ended. Nobody can use it any more."),
        Failure.Both("Mở lại trang Bảo mật để xem các phiên còn hoạt động.", "Open Security again to see the sessions that live."));

    static async Task<Account> Read(Visit visit) => (await visit.Api.Get<Account>("v1/me/account")).Require();

    static IResult AskAbout(Visit visit, PortalOptions portal, Account account, string reference, ApiProblem? problem = null) =>
        account.Sessions.FirstOrDefault(session => session.Ref == reference) is { } session ? Ask(visit, new(session, 0, portal.ClientId!, []), problem) : new FailureResult(SessionOver);

    static IResult AskAboutOthers(Visit visit, Account account, ApiProblem? problem = null) =>
        Ask(visit, new(null, account.Sessions.Count(session => !session.Current), "", []), problem);

    static IResult Ask(Visit visit, SessionToEnd question, ApiProblem? problem) => problem is null
        ? visit.Page<EndSessionPage, SessionToEnd>(question)
        : visit.Page<EndSessionPage, SessionToEnd>(question with { Problems = [FormProblem.Of(problem, visit.Words)] }, problem.Status);

    // So that the identity server's pages offer a link back to here.
    static Uri WithWayBack(PortalOptions portal, string page) => new(
        portal.Identity!,
        $"{page}?client_id={Uri.EscapeDataString(portal.ClientId!)}&return={Uri.EscapeDataString(new Uri(portal.PublicAddress!, Addresses.Security).AbsoluteUri)}");
}
