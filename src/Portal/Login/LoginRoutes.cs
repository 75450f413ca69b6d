using System.Globalization;
using Platform.Portal.Pages.Failures;
using Platform.Portal.Pages.Shell;
using Platform.Portal.Safety;
using Platform.Portal.Sessions;

namespace Platform.Portal.Login;

/// <summary>The way in and the way out.</summary>
static class LoginRoutes
{
    static readonly string[] NeedsPerson = ["login_required", "interaction_required", "consent_required", "account_selection_required"];

    public static void MapLogin(this IEndpointRouteBuilder routes, Party party)
    {
        routes.MapGet(party.LoginPath, (HttpContext http, LoginStart start, string? again) => start.Go(
            http, party, http.Request.Query["return"], again == "1" ? LoginPrompt.Again : LoginPrompt.Usual)).AllowAnonymous();
        routes.MapGet(party.CallbackPath, (HttpContext http, PendingLogins pending, Provider provider, LoginEnd end) => Finish(http, party, pending, provider, end)).AllowAnonymous();
        routes.MapPost(party.LogoutPath, (HttpContext http, SessionDesk sessions, Provider provider, Microsoft.Extensions.Options.IOptions<PortalOptions> options) =>
            LogOut(http, party, sessions, provider, options.Value)).AllowAnonymous();
        routes.MapGet(party.LoggedOutPath, (Visit visit) => visit.Page<LoggedOutPage, LoggedOut>(new(party.LoginPath, visit.Query("only-here") == "1"))).AllowAnonymous();
        routes.MapGet(party.EndedPath, (Visit visit) => visit.Page<EndedPage, Ended>(new(AgainPath(party, visit)))).AllowAnonymous();
    }

    static async Task<IResult> Finish(HttpContext http, Party party, PendingLogins pending, Provider provider, LoginEnd end)
    {
        var query = http.Request.Query;
        // Whoever answers must be the one who was asked (RFC 9207).
        if (pending.Take(http, query["state"], party) is not { } login
            || query["iss"].ToString() != (await provider.Metadata(http.RequestAborted)).Issuer)
        {
            return Show(Failure.LoginFailed);
        }
        var error = query["error"].ToString();
        if (error.Length > 0)
        {
            return login.Silent && NeedsPerson.Contains(error) ? SessionEnd.Ended(party, login.Return, again: false) : Show(Of(error));
        }
        return query["code"] is [{ Length: > 0 and <= 4000 } code] && await end.Redeem(http, party, login, code)
            ? new SeeOther(login.Return)
            : Show(Failure.LoginFailed);
    }

    static async Task<IResult> LogOut(HttpContext http, Party party, SessionDesk sessions, Provider provider, PortalOptions options)
    {
        if (sessions.Peek(http, party) is not { } session)
        {
            sessions.Forget(http, party);
            return new SeeOther(party.LoggedOutPath);
        }
        if (!FormTokens.IsGood((await http.Request.ReadFormAsync(http.RequestAborted))[FormTokens.Field].ToString(), session.FormSecret))
        {
            return Show(Failure.ForeignForm);
        }
        sessions.Forget(http, party);
        try
        {
            var metadata = await provider.Metadata(http.RequestAborted);
            var back = new Uri(options.PublicAddress!, party.LoggedOutPath).AbsoluteUri;
            return new SeeOther(string.Create(
                CultureInfo.InvariantCulture,
                $"{metadata.EndSession}?client_id={Uri.EscapeDataString(party.ClientId)}&id_token_hint={session.Identity}&post_logout_redirect_uri={Uri.EscapeDataString(back)}&ui_locales={Languages.Choose(http)}"));
        }
        catch (IdentityUnavailableException)
        {
            return new SeeOther($"{party.LoggedOutPath}?only-here=1");
        }
    }

    static string AgainPath(Party party, Visit visit)
    {
        var back = visit.Http.Request.Query["return"].ToString();
        return $"{party.LoginPath}?return={Uri.EscapeDataString(LocalPath.Or(back, party.HomePath))}{(visit.Query("again") == "1" ? "&again=1" : "")}";
    }

    static Failure Of(string error) => error switch
    {
        "access_denied" => Failure.LoginCancelled,
        "unmet_authentication_requirements" => Failure.LevelTooLow,
        "temporarily_unavailable" or "server_error" => Failure.IdentityDown,
        _ => Failure.LoginFailed,
    };

    static FailureResult Show(Failure failure) => new(failure);
}
