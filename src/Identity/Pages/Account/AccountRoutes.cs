using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Identity.Accounts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Account;

/// <summary>The holder's own account: how it stands, where it is in use, what happened, and the lock.</summary>
static class AccountRoutes
{
    const string ByHolder = "holder";

    public static void MapAccount(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").WithMetadata(new NeedsSession());
        own.MapGet(Addresses.Account, Show);
        own.MapGet(Addresses.History, ShowHistory);
        own.MapPost("/account/sessions/end", EndSession);
        own.MapPost("/account/sessions/end-all", EndSessions);
        own.MapGet(Addresses.Lock, (Visit visit) => visit.Page<LockPage, NoModel>(NoModel.Instance));
        own.MapPost(Addresses.Lock, Lock);
        own.MapGet(Addresses.Password, ShowPassword);
        own.MapPost(Addresses.Password, ChangePassword);
        own.MapGet(Addresses.Services, ShowServices);
        own.MapPost(Addresses.Services, Withdraw);
    }

    static async Task<IResult> Show(Visit visit, AccountDoor door)
    {
        var account = await door.View(visit);
        var sessions = account.Sessions
            .Select(session => new OwnSession(Name(session.Id), session.Id == visit.Person.Session.Id, session))
            .OrderByDescending(session => session.IsThis).ThenByDescending(session => session.Session.AuthenticatedAt);
        return visit.Page<AccountPage, OwnAccount>(new OwnAccount(visit.Person.Number.ToString(), visit.Person.Session, account, [.. sessions]));
    }

    static async Task<IResult> ShowHistory(Visit visit, AccountDoor door) =>
        visit.Page<HistoryPage, EidAccountView>(await door.View(visit));

    static async Task<IResult> EndSession(Visit visit, AccountDoor door, EidAccounts accounts, BrowserSessions sessions, IdentityAudit audit)
    {
        var account = await door.View(visit);
        if (account.Sessions.FirstOrDefault(session => Name(session.Id) == visit.Field("session")) is { } ended)
        {
            await accounts.Tell(visit.Person.Number, one => one.EndSession(ended.Id, ByHolder));
            audit.SessionEnded(visit.Person.Number, ByHolder);
            if (ended.Id == visit.Person.Session.Id)
            {
                sessions.SignOut(visit.Http);
                return Visit.Go(Addresses.LoggedOut);
            }
        }
        return Visit.Go(Addresses.Account);
    }

    static async Task<IResult> EndSessions(Visit visit, EidAccounts accounts, IdentityAudit audit)
    {
        await accounts.Tell(visit.Person.Number, account => account.EndSessions(ByHolder, visit.Person.Session.Id));
        audit.SessionEnded(visit.Person.Number, "holder-all");
        return Visit.Go(Addresses.Account);
    }

    // Without a fresh login on purpose: who fears a thief must be fast, and the lock harms nobody but a thief.
    static async Task<IResult> Lock(Visit visit, EidAccounts accounts, BrowserSessions sessions, IdentityAudit audit)
    {
        var answer = await accounts.Ask(visit.Person.Number, account => account.Lock(new LockCall { By = EidLockedBy.Holder }));
        if (answer.Refusal is { } refusal)
        {
            return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status409Conflict);
        }
        audit.AccountLocked(visit.Person.Number);
        sessions.SignOut(visit.Http);
        return Visit.Go("/locked");
    }

    static async Task<IResult> ShowPassword(Visit visit, AccountDoor door) =>
        await door.Fresh(visit, await door.View(visit), Addresses.Password)
        ?? visit.Page<PasswordPage, IReadOnlyList<Problem>>([]);

    static async Task<IResult> ChangePassword(Visit visit, AccountDoor door, EidAccounts accounts, Passwords passwords, IdentityAudit audit)
    {
        var account = await door.View(visit);
        if (await door.Fresh(visit, account, Addresses.Password) is { } redirect)
        {
            return redirect;
        }
        Problem[] problems = [.. NewPassword.Check(visit, visit.Person.Number, account.Name)];
        if (problems.Length > 0)
        {
            return visit.Page<PasswordPage, IReadOnlyList<Problem>>(problems, StatusCodes.Status400BadRequest);
        }
        if (await passwords.Make(visit.Field("new-password"), visit.Ct) is not { } record)
        {
            return visit.Busy();
        }
        var answer = await accounts.Ask(visit.Person.Number, one => one.SetPassword(record, visit.Person.Session.Id));
        if (answer.Refusal is { } refusal)
        {
            return visit.Page<PasswordPage, IReadOnlyList<Problem>>([RefusalTexts.Of(refusal, visit.Language)], StatusCodes.Status403Forbidden);
        }
        audit.PasswordChanged(visit.Person.Number);
        return Visit.Go(Addresses.Account);
    }

    static async Task<IResult> ShowServices(Visit visit, EidAccounts accounts, RelyingParties.RelyingParties parties)
    {
        var approved = new List<ApprovedService>();
        foreach (var party in await parties.List(visit.Ct))
        {
            var claims = await accounts.Ask(visit.Person.Number, account => account.GetApprovedClaims(party.ClientId));
            if (!claims.IsEmpty)
            {
                approved.Add(new ApprovedService(party.ClientId, visit.T(party.NameVi, party.NameEn), claims));
            }
        }
        return visit.Page<ServicesPage, IReadOnlyList<ApprovedService>>(approved);
    }

    static async Task<IResult> Withdraw(Visit visit, EidAccounts accounts, IdentityAudit audit)
    {
        var clientId = visit.Field("client");
        if (clientId.Length is > 0 and <= 100)
        {
            await accounts.Ask(visit.Person.Number, account => account.ApproveClaims(visit.Person.Session.Id, clientId, []));
            audit.ClaimsDenied(visit.Person.Number, clientId);
        }
        return Visit.Go(Addresses.Services);
    }

    // A session's id stays between the account and this server; a page needs only to tell sessions apart.
    static string Name(string session) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"shown {session}")).AsSpan(0, 12));
}

/// <summary>A session as its holder may end it.</summary>
public sealed record OwnSession(string Name, bool IsThis, EidSessionView Session);

/// <summary>What the account page shows.</summary>
public sealed record OwnAccount(string Number, EidSessionView Now, EidAccountView Account, ImmutableArray<OwnSession> Sessions);

/// <summary>A relying party with the claims it may have.</summary>
public sealed record ApprovedService(string ClientId, string Name, ImmutableArray<string> Claims);
