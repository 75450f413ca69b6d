using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Login;

/// <summary>Turns proved factors into a session, and says where the browser goes next.</summary>
sealed class LoginEnd(
    EidAccounts accounts, BrowserSessions sessions, KnownBrowsers browsers, FreshLogins fresh, SecondFactors factors, IdentityAudit audit)
{
    const string Replaced = "replaced";

    /// <summary>Adds a factor to the login under way and goes on with it.</summary>
    public async Task<IResult> Add(Visit visit, LoginProgress login, CheckedFactor factor)
    {
        var changed = login with { Factors = login.Factors.Add(factor), ApprovalId = null, ApprovalNumber = null };
        return await visit.Save(visit.Interaction with { Login = changed }) ? await GoOn(visit) : await Resume(visit);
    }

    /// <summary>Opens or raises the session if enough was proved; else asks for more.</summary>
    public async Task<IResult> GoOn(Visit visit)
    {
        var interaction = visit.Interaction;
        if (interaction.Login is not { } login)
        {
            return visit.GoOn(Addresses.Login);
        }
        var current = await sessions.Current(visit.Http);
        var raises = current is not null && current.Number.Reveal() == login.Number;
        if (!IsEnough(interaction.NeededLevel, login.Factors, Counts(interaction, login, current)))
        {
            return visit.GoOn(Addresses.SecondFactor);
        }
        var number = PersonalId.Parse(login.Number);
        if (IsUnlocking(interaction) && await Unlock(number) is { } locked)
        {
            return await StartAgain(visit, login, locked);
        }
        var answer = raises
            ? await accounts.Ask(number, account => account.StepUp(current!.Session.Id, login.Factors))
            : await accounts.Ask(number, account => account.OpenSession(new OpenSessionCall
            {
                Factors = login.Factors,
                Place = Place.Of(visit.Http),
                RepresentativeApproval = login.RepresentativeApprovalId,
            }));
        return answer switch
        {
            { Refusal: EidRefusals.RepresentativeNotConfirmed } => await WaitForRepresentative(visit, interaction, login),
            { Refusal: { } refusal } => await StartAgain(visit, login, refusal),
            { Session: { } session } => await Finish(visit, login, number, session, current, raises),
            _ => throw new InvalidOperationException("The account answered neither with a session nor with a refusal."),
        };
    }

    /// <summary>True if the session that the browser already has stands for what the person knows.</summary>
    public static bool Counts(Interaction interaction, LoginProgress login, CurrentSession? current) =>
        !interaction.Reauthenticate && current is not null && current.Number.Reveal() == login.Number;

    public static bool IsUnlocking(Interaction interaction) => interaction is { ClientId: "", ReturnPath: Addresses.Unlock };

    /// <summary>After another submission was faster: on, if it has finished the login, else back to the beginning.</summary>
    public static async Task<IResult> Resume(Visit visit) =>
        visit.GoOn(await visit.Reload() is { AuthenticatedSession: not null } ? Addresses.Continue : Addresses.Login);

    /// <summary>Back to the beginning, where it shows whether another submission has finished the login.</summary>
    public static async Task<IResult> StartOver(Visit visit)
    {
        if (visit.Interaction is { Login: not null, AuthenticatedSession: null })
        {
            await visit.Save(visit.Interaction with { Login = null });
        }
        return await Resume(visit);
    }

    /// <summary>Forgets what was proved and shows why.</summary>
    async Task<IResult> StartAgain(Visit visit, LoginProgress login, string refusal)
    {
        audit.LoginRefused(PersonalId.Parse(login.Number), Kinds(login), refusal);
        await visit.Save(visit.Interaction with { Login = null });
        return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden);
    }

    async Task<string?> Unlock(PersonalId number)
    {
        var answer = await accounts.Ask(number, account => account.Unlock(new LockCall { By = EidLockedBy.Holder }));
        if (answer.Refusal is null)
        {
            audit.AccountUnlocked(number);
        }
        // Not locked at all: then it is a login like any other.
        return answer.Refusal == EidRefusals.AccountState ? null : answer.Refusal;
    }

    static bool IsEnough(int needed, ImmutableArray<CheckedFactor> proved, bool sessionCounts)
    {
        var kinds = proved.Select(factor => factor.Kind).ToHashSet();
        if (kinds.Contains(FactorKind.Passkey) || kinds.Contains(FactorKind.Upstream))
        {
            return true;
        }
        var knows = kinds.Contains(FactorKind.Password) || sessionCounts;
        var has = kinds.Overlaps([FactorKind.Totp, FactorKind.Approval, FactorKind.RecoveryCode]);
        return needed == 2 ? knows && has : kinds.Contains(FactorKind.Password) || (sessionCounts && has);
    }

    async Task<IResult> WaitForRepresentative(Visit visit, Interaction interaction, LoginProgress login)
    {
        if (login.RepresentativeApprovalId is not null)
        {
            return factors.IsStillAsked(login.AskedAt) ? visit.GoOn(Addresses.Waiting) : await StartAgain(visit, login, EidRefusals.RepresentativeNotConfirmed);
        }
        var (asked, refusal) = await factors.AskRepresentative(visit, PersonalId.Parse(login.Number));
        if (asked is null)
        {
            return await StartAgain(visit, login, refusal!);
        }
        await visit.Save(interaction with { Login = login with { RepresentativeApprovalId = asked.ApprovalId, RepresentativeNumber = asked.Number, AskedAt = asked.At } });
        return visit.GoOn(Addresses.Waiting);
    }

    async Task<IResult> Finish(
        Visit visit, LoginProgress login, PersonalId number, EidSessionView session, CurrentSession? current, bool raised)
    {
        var interaction = visit.Interaction;
        var isTooLow = interaction.ClientId.Length > 0 && session.Level < interaction.NeededLevel;
        if (!await visit.Save(interaction with { Login = null, AuthenticatedSession = isTooLow ? null : session.Id }))
        {
            // A second submission of the same form was faster: its session stands.
            if (!raised)
            {
                await accounts.Tell(number, account => account.EndSession(session.Id, Replaced));
            }
            return await Resume(visit);
        }
        if (current is not null && current.Session.Id != session.Id)
        {
            await accounts.Tell(current.Number, account => account.EndSession(current.Session.Id, Replaced));
        }
        sessions.SignIn(visit.Http, number, session.Id);
        browsers.Remember(visit.Http, number.Reveal());
        fresh.Mark(visit.Http, session.Id, login.Factors);
        Audit(interaction, login, number, session, raised);
        return visit.GoOn(isTooLow ? Addresses.LevelTooLow : Addresses.Continue);
    }

    void Audit(Interaction interaction, LoginProgress login, PersonalId number, EidSessionView session, bool raised)
    {
        var kinds = Kinds(login);
        if (raised)
        {
            audit.StepUpOk(number, session.Level, kinds, interaction.ClientId);
        }
        else
        {
            audit.LoginOk(number, session.Level, kinds, interaction.ClientId);
        }
    }

    static string Kinds(LoginProgress login) => string.Join('+', login.Factors.Select(factor => factor.Kind).Order());
}
