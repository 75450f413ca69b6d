using Platform.Portal.Login;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Sessions;

/// <summary>Leads a person whose session is over back to where they were, with what they had typed.</summary>
sealed class SessionEnd(LoginStart start, KeptForms kept, SessionDesk sessions, TimeProvider clock)
{
    static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(30);

    /// <summary>Answers a request that needs a session and has none.</summary>
    public async Task<IResult> AskToLogIn(HttpContext context, Party party, Absence absence)
    {
        if (context.Request.Headers["Sec-Fetch-Mode"] is [{ Length: > 0 } mode] && mode != "navigate")
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        var back = await Back(context);
        if (absence == Absence.Idle)
        {
            // Whoever sits there now may be somebody else.
            return Ended(party, back, again: true);
        }
        return await start.Go(context, party, back, absence == Absence.Lost && HttpMethods.IsGet(context.Request.Method) ? LoginPrompt.None : LoginPrompt.Usual);
    }

    /// <summary>Answers when the API no longer takes the session; null if a silent login has just been tried: what it gave is not taken either.</summary>
    public async Task<IResult?> Leave(HttpContext context, Party party, PortalSession session)
    {
        if (session.Silent && clock.GetUtcNow() - session.Began < TooSoon)
        {
            return null;
        }
        sessions.Forget(context, party);
        return await AskToLogIn(context, party, Absence.Lost);
    }

    /// <summary>The page that says that the session is over.</summary>
    public static IResult Ended(Party party, string back, bool again) =>
        new SeeOther($"{party.EndedPath}?return={Uri.EscapeDataString(back)}{(again ? "&again=1" : "")}");

    /// <summary>Keeps what a form said and tells where it stands; for a page, the page itself.</summary>
    public async Task<string> Back(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return context.Request.Path.Value + context.Request.QueryString.Value;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var page = LocalPath.Or(form[KeptForms.PageField], context.Request.Path.Value!);
        kept.Keep(context, form, page);
        return page;
    }
}
