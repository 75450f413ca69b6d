using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Login;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Entry;

/// <summary>Ways in and out: activation, unlocking, logging out, and the pages that only say something.</summary>
static class EntryRoutes
{
    const int LongestCode = 40;

    public static void MapEntry(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", (Visit visit) => Visit.Go(Addresses.Account));
        pages.MapGet(Addresses.Activate, (Visit visit) => visit.Page<ActivatePage, ActivateForm>(new ActivateForm()));
        pages.MapPost(Addresses.Activate, Activate);
        pages.MapGet("/activated", (Visit visit) => visit.Page<MessagePage, Message>(Message.Activated));
        pages.MapGet(Addresses.Unlock, (Visit visit, OwnLogins logins) => logins.Start(visit, Addresses.Unlock, level: 2, again: true));
        pages.MapGet("/locked", (Visit visit) => visit.Page<MessagePage, Message>(Message.Locked));
        pages.MapGet(Addresses.Logout, ShowLogout);
        pages.MapPost(Addresses.Logout, Logout);
        pages.MapGet("/logout/continue", ContinueLogout).WithMetadata(new NeedsInteraction());
        pages.MapGet(Addresses.LoggedOut, (Visit visit) => visit.Page<MessagePage, Message>(Message.LoggedOut));
        pages.MapGet(Addresses.Error, ShowError);
        pages.MapFallback((Visit visit) => visit.Page<MessagePage, Message>(Message.NotFound, StatusCodes.Status404NotFound));
    }

    static async Task<IResult> Activate(Visit visit, EidAccounts accounts, LoginAttempts attempts, Passwords passwords, IdentityAudit audit)
    {
        var form = new ActivateForm { Number = Input.Digits(visit.Field("number")), Code = visit.Field("code").Trim() };
        var problems = new List<Problem>();
        if (Input.CheckNumber(visit, form.Number, out var number) is { } wrong)
        {
            problems.Add(wrong);
        }
        if (form.Code.Length is 0 or > LongestCode)
        {
            form = form with { Code = "" };
            problems.Add(RefusalTexts.Of(EidRefusals.ActivationInvalid, visit.Language, "code"));
        }
        problems.AddRange(NewPassword.Check(visit, number, ""));
        if (problems.Count > 0)
        {
            return visit.Page<ActivatePage, ActivateForm>(form with { Problems = problems }, StatusCodes.Status400BadRequest);
        }
        var turn = await attempts.TakeActivation(visit.Http, number.Reveal(), visit.Ct);
        if (turn.BlockedUntil is { } until)
        {
            audit.LoginBlocked(number, "activation");
            return visit.Page<ActivatePage, ActivateForm>(form with { Problems = [Input.Blocked(visit, until)] }, StatusCodes.Status429TooManyRequests);
        }
        if (await turn.Make(() => passwords.Make(visit.Field("new-password"), visit.Ct), visit.Ct) is not { } record)
        {
            await turn.GiveBack(visit.Ct);
            return visit.Busy();
        }
        if ((await turn.Make(() => accounts.Ask(number, account => account.Activate(form.Code, record)), visit.Ct)).Refusal is { } refusal)
        {
            audit.ActivationRefused(number, refusal);
            // One answer for everything that a stranger could learn from.
            var told = refusal is EidRefusals.RepresentativeNeeded or EidRefusals.CitizenInactive ? refusal : EidRefusals.ActivationInvalid;
            return visit.Page<ActivatePage, ActivateForm>(
                form with { Problems = [RefusalTexts.Of(told, visit.Language, "code")] }, StatusCodes.Status403Forbidden);
        }
        await turn.Succeeded(visit.Ct);
        audit.AccountActivated(number);
        return Visit.Go("/activated");
    }

    static async Task<IResult> ShowLogout(Visit visit, BrowserSessions sessions)
    {
        var current = await sessions.Current(visit.Http);
        return current is null && visit.Asked is null
            ? Visit.Go(Addresses.LoggedOut)
            : visit.Page<LogoutPage, LogoutQuestion>(new LogoutQuestion(current?.Number.ToString(), visit.Asked?.ClientName));
    }

    static async Task<IResult> Logout(Visit visit, BrowserSessions sessions, EidAccounts accounts, IdentityAudit audit)
    {
        if (await sessions.Current(visit.Http) is { } current)
        {
            await accounts.Tell(current.Number, account => account.EndSession(current.Session.Id, "logout"));
            audit.SessionEnded(current.Number, "logout");
        }
        sessions.SignOut(visit.Http);
        return visit.Asked is null ? Visit.Go(Addresses.LoggedOut) : visit.GoOn("/logout/continue");
    }

    // As after a login: the relying party's address is left to a page of its own.
    static IResult ContinueLogout(Visit visit) => visit.Page<ContinuePage, string>(Addresses.With(Addresses.EndSession, visit.Interaction.Handle));

    static IResult ShowError(Visit visit)
    {
        var (message, code) = ErrorTexts.Of(visit.Http.Request.Query["code"]);
        return visit.Page<ErrorPage, ErrorNotice>(new ErrorNotice(message, code), StatusCodes.Status400BadRequest);
    }
}

/// <summary>What the activation page shows.</summary>
public sealed record ActivateForm
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public IReadOnlyList<Problem> Problems { get; init; } = [];
}

/// <summary>Who would be logged out, and for whom.</summary>
public sealed record LogoutQuestion(string? Person, string? ClientName);
