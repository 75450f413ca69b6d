using System.Globalization;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Factors;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Login;

/// <summary>The second proof: a code, a passkey, another device, or a recovery code.</summary>
static class SecondFactorRoutes
{
    const int SecondsBetweenLooks = 3;

    public static void MapSecondFactors(this IEndpointRouteBuilder login)
    {
        login.MapGet(Addresses.SecondFactor, Show);
        login.MapPost("/login/totp", SubmitTotp);
        login.MapPost("/login/recovery", SubmitRecovery);
        login.MapPost("/login/approval", AskDevices);
        login.MapGet(Addresses.Waiting, Wait);
        login.MapPost("/login/account", GoToAccount);
    }

    static async Task<IResult> Show(Visit visit, LoginEnd end, BrowserSessions sessions, EidAccounts accounts, Passkeys passkeys)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        return login.RepresentativeApprovalId is null ? await Choice(visit, login, accounts, passkeys, []) : visit.GoOn(Addresses.Waiting);
    }

    static async Task<IResult> SubmitTotp(
        Visit visit, SecondFactors factors, LoginEnd end, BrowserSessions sessions, EidAccounts accounts, Passkeys passkeys)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        var code = Input.Digits(visit.Field("code"));
        if (Input.CheckCode(visit, code) is { } wrong)
        {
            return await Choice(visit, login, accounts, passkeys, [wrong], StatusCodes.Status400BadRequest);
        }
        var outcome = await factors.Totp(visit, PersonalId.Parse(login.Number), code);
        return await After(visit, login, outcome, "code", end, accounts, passkeys);
    }

    static async Task<IResult> SubmitRecovery(
        Visit visit, SecondFactors factors, LoginEnd end, BrowserSessions sessions, EidAccounts accounts, Passkeys passkeys)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        var outcome = await factors.Recovery(visit, PersonalId.Parse(login.Number), visit.Field("recovery").Trim());
        return await After(visit, login, outcome, "recovery", end, accounts, passkeys);
    }

    static async Task<IResult> AskDevices(
        Visit visit, SecondFactors factors, LoginEnd end, BrowserSessions sessions, EidAccounts accounts, Passkeys passkeys)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        if (login.ApprovalId is not null && factors.IsStillAsked(login.AskedAt))
        {
            return visit.GoOn(Addresses.Waiting);
        }
        var (asked, refusal) = await factors.AskDevices(visit, visit.Interaction, login);
        if (refusal is not null)
        {
            return await Choice(visit, login, accounts, passkeys, [RefusalTexts.Of(refusal, visit.Language)], StatusCodes.Status409Conflict);
        }
        await visit.Save(visit.Interaction with { Login = asked });
        return visit.GoOn(Addresses.Waiting);
    }

    static async Task<IResult> Wait(
        Visit visit, SecondFactors factors, LoginEnd end, BrowserSessions sessions, EidAccounts accounts, Passkeys passkeys)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        if (login.RepresentativeApprovalId is not null)
        {
            return visit.Http.Request.Query.ContainsKey("look") ? await end.GoOn(visit) : ShowNumber(visit, login.RepresentativeNumber!, Asked.RepresentativeForLogin);
        }
        if (login.ApprovalId is not { } approval)
        {
            return visit.GoOn(Addresses.SecondFactor);
        }
        var state = await accounts.Ask(PersonalId.Parse(login.Number), account => account.TakeApproval(approval));
        switch (state.State)
        {
            case "waiting":
                return ShowNumber(visit, login.ApprovalNumber!, Asked.Holder);
            case "approved":
                return await end.Add(visit, login, new CheckedFactor { Kind = FactorKind.Approval, DeviceId = state.DeviceId });
            default:
                var over = login with { ApprovalId = null, ApprovalNumber = null };
                await visit.Save(visit.Interaction with { Login = over });
                var code = state.State == "denied" ? EidRefusals.ApprovalNumberWrong : EidRefusals.ApprovalUnknown;
                return await Choice(visit, over, accounts, passkeys, [RefusalTexts.Of(code, visit.Language)], StatusCodes.Status403Forbidden);
        }
    }

    // Level 1 is enough to register the device that level 2 needs.
    static async Task<IResult> GoToAccount(Visit visit, LoginEnd end, BrowserSessions sessions)
    {
        if (await Started(visit, sessions) is not { } login)
        {
            return await LoginEnd.StartOver(visit);
        }
        if (login.Factors.IsEmpty)
        {
            return Visit.Go(Addresses.Devices);
        }
        var own = visit.Interaction with { ClientId = "", NeededLevel = 1, ReturnPath = Addresses.Devices };
        return await visit.Save(own) ? await end.GoOn(visit) : await LoginEnd.Resume(visit);
    }

    /// <summary>The login under way, if what it builds on still stands.</summary>
    static async Task<LoginProgress?> Started(Visit visit, BrowserSessions sessions)
    {
        if (visit.Interaction is not { Login: { } login, AuthenticatedSession: null })
        {
            return null;
        }
        return login.Factors.IsEmpty && !LoginEnd.Counts(visit.Interaction, login, await sessions.Current(visit.Http)) ? null : login;
    }

    static async Task<IResult> After(
        Visit visit, LoginProgress login, FactorOutcome outcome, string field, LoginEnd end, EidAccounts accounts, Passkeys passkeys)
    {
        if (outcome.Factor is { } factor)
        {
            return await end.Add(visit, login, factor);
        }
        // The same form may have been sent twice: then the first one has done it.
        if (await visit.Reload() is { } now && (now.AuthenticatedSession is not null || now.Login != login && now.Login?.Factors.Length > login.Factors.Length))
        {
            return await LoginEnd.Resume(visit);
        }
        var problem = outcome.BlockedUntil is { } until ? Input.Blocked(visit, until) : RefusalTexts.Of(outcome.Refusal!, visit.Language, field);
        return visit.Asked is null
            ? visit.Page<MessagePage, Message>(Message.Expired, StatusCodes.Status410Gone)
            : await Choice(
                visit, login, accounts, passkeys, [problem],
                outcome.BlockedUntil is null ? StatusCodes.Status403Forbidden : StatusCodes.Status429TooManyRequests);
    }

    internal static IResult ShowNumber(Visit visit, string number, Asked asked)
    {
        var path = Addresses.With(asked == Asked.RepresentativeForConsent ? Addresses.ConsentWaiting : Addresses.Waiting, visit.Interaction.Handle)
            + (asked == Asked.Holder ? "" : "&look=1");
        visit.Http.Response.Headers["Refresh"] = string.Create(CultureInfo.InvariantCulture, $"{SecondsBetweenLooks};url={path}");
        return visit.Page<WaitingPage, WaitingNumber>(new WaitingNumber(number, asked, path, SecondsBetweenLooks));
    }

    static async Task<IResult> Choice(
        Visit visit, LoginProgress login, EidAccounts accounts, Passkeys passkeys, IReadOnlyList<Problem> problems, int status = StatusCodes.Status200OK)
    {
        var interaction = visit.Interaction;
        var account = await accounts.Ask(PersonalId.Parse(login.Number), one => one.GetAccount());
        if (account is { Level: 1 } && interaction is { NeededLevel: 2, ClientId.Length: > 0 })
        {
            return visit.GoOn(Addresses.LevelTooLow);
        }
        bool Has(FactorKind kind) => account is not null && account.Devices.Any(device => device.Kind == kind);
        return visit.Page<SecondFactorPage, FactorChoice>(
            new FactorChoice
            {
                ClientName = interaction.ClientName,
                Person = PersonalId.Parse(login.Number).ToString(),
                StepsUp = login.Factors.IsEmpty,
                Totp = Has(FactorKind.Totp),
                Approval = Has(FactorKind.Approval),
                Recovery = account is { RecoveryCodesLeft: > 0 },
                Passkey = Has(FactorKind.Passkey) ? await passkeys.AskForLogin(visit.Http, interaction.Handle) : null,
                Problems = problems,
            },
            status);
    }
}

/// <summary>Which second factors the person may choose from.</summary>
public sealed record FactorChoice
{
    public required string ClientName { get; init; }

    public required string Person { get; init; }

    public required bool StepsUp { get; init; }

    public required bool Totp { get; init; }

    public required bool Approval { get; init; }

    public required bool Recovery { get; init; }

    public PasskeyQuestion? Passkey { get; init; }

    public IReadOnlyList<Problem> Problems { get; init; } = [];
}

/// <summary>A number to be typed on another device, while this page looks again and again.</summary>
public sealed record WaitingNumber(string Number, Asked Asked, string Next, int Seconds);

/// <summary>Who is asked on their device, and for what.</summary>
public enum Asked
{
    Holder,
    RepresentativeForLogin,
    RepresentativeForConsent,
}
