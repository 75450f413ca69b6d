using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Factors;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Pages.Shell;
using Platform.Identity.Sessions;
using Platform.Identity.Upstream;

namespace Platform.Identity.Pages.Login;

/// <summary>Logging in: number and password, or a passkey; then whatever else the request needs.</summary>
static class LoginRoutes
{
    const int LongestPassword = 1024;

    public static void MapLogin(this IEndpointRouteBuilder pages)
    {
        var login = pages.MapGroup("").WithMetadata(new NeedsInteraction());
        login.MapGet(Addresses.Login, Show);
        login.MapPost(Addresses.Login, SubmitPassword);
        login.MapPost("/login/passkey", SubmitPasskey);
        login.MapPost("/login/restart", Restart);
        login.MapPost("/login/cancel", Cancel);
        login.MapGet(Addresses.LevelTooLow, ShowLevel);
        login.MapGet(Addresses.Continue, GoBack);
        login.MapSecondFactors();
    }

    static async Task<IResult> Show(Visit visit, BrowserSessions sessions, Passkeys passkeys)
    {
        var interaction = visit.Interaction;
        if (interaction.Cancelled)
        {
            return visit.GoOn(Addresses.Continue);
        }
        if (interaction.Login is not null)
        {
            return visit.GoOn(Addresses.SecondFactor);
        }
        var current = await sessions.Current(visit.Http);
        if (interaction.AuthenticatedSession is { } authenticated && authenticated == current?.Session.Id && current.Session.Level >= interaction.NeededLevel)
        {
            // Never on by itself: whoever sent the browser here again wants something else, and would send it a third time.
            return visit.Page<AlreadyPage, string>(current.Number.ToString());
        }
        if (current is null || interaction.Reauthenticate)
        {
            return await Form(visit, passkeys, new LoginForm { Number = KnownNumber(interaction) });
        }
        if (current.Session.Level >= interaction.NeededLevel)
        {
            return await visit.Save(interaction with { AuthenticatedSession = current.Session.Id })
                ? visit.GoOn(Addresses.Continue) : visit.GoOn(Addresses.Login);
        }
        await visit.Save(interaction with { Login = new LoginProgress { Number = current.Number.Reveal(), Factors = [] } });
        return visit.GoOn(Addresses.SecondFactor);
    }

    static async Task<IResult> SubmitPassword(Visit visit, PasswordCheck passwords, LoginEnd end, EidAccounts accounts, Passkeys passkeys)
    {
        var typed = Input.Digits(visit.Field("number"));
        var password = visit.Field("password");
        if (Input.CheckNumber(visit, typed, out var number) is { } wrong)
        {
            return await Form(visit, passkeys, new LoginForm { Number = typed, Problems = [wrong] }, StatusCodes.Status400BadRequest);
        }
        if (password.Length is 0 or > LongestPassword)
        {
            var missing = new Problem(visit.T("Chưa nhập mật khẩu.", "The password is missing."), visit.T("Nhập mật khẩu.", "Type your password."), "password");
            return await Form(visit, passkeys, new LoginForm { Number = typed, Problems = [missing] }, StatusCodes.Status400BadRequest);
        }
        var outcome = await passwords.Check(visit.Http, number, password, visit.Ct);
        var interaction = visit.Interaction;
        if (outcome.Busy)
        {
            return visit.Busy();
        }
        if (outcome.BlockedUntil is { } until)
        {
            return await Form(visit, passkeys, new LoginForm { Number = typed, Problems = [Input.Blocked(visit, until)] }, StatusCodes.Status429TooManyRequests);
        }
        var unlocks = LoginEnd.IsUnlocking(interaction) && outcome.Refusal == EidRefusals.AccountLocked;
        if (outcome.Refusal is { } refusal && !unlocks)
        {
            return await Form(visit, passkeys, new LoginForm { Number = typed, Problems = [RefusalTexts.Of(refusal, visit.Language, "number")] }, StatusCodes.Status403Forbidden);
        }
        var hasMore = !unlocks || await accounts.Ask(number, account => account.GetAccount()) is { Devices.IsEmpty: false } or { RecoveryCodesLeft: > 0 };
        var progress = new LoginProgress { Number = number.Reveal(), Factors = [new CheckedFactor { Kind = FactorKind.Password }] };
        // Who has nothing but a password can lift an own lock with it.
        return await visit.Save(interaction with { Login = progress, NeededLevel = hasMore ? interaction.NeededLevel : 1 })
            ? await end.GoOn(visit) : await LoginEnd.Resume(visit);
    }

    static async Task<IResult> SubmitPasskey(Visit visit, Passkeys passkeys, LoginEnd end, Audit.IdentityAudit audit)
    {
        var interaction = visit.Interaction;
        var proof = await passkeys.CheckLogin(visit.Http, interaction.Handle, visit.Field("ticket"), visit.Field("credential"), visit.Ct);
        var refusal = proof.Refusal ?? (interaction.Login is { } login && login.Number != proof.Number.Reveal() ? RefusalTexts.OtherPerson : null);
        if (refusal is null)
        {
            var progress = interaction.Login ?? new LoginProgress { Number = proof.Number.Reveal(), Factors = [] };
            return await end.Add(visit, progress, proof.Factor!);
        }
        audit.LoginRefused(proof.Number == default ? null : proof.Number, nameof(FactorKind.Passkey), refusal);
        return visit.Page<RefusedPage, Problem>(RefusalTexts.Of(refusal, visit.Language), StatusCodes.Status403Forbidden);
    }

    static async Task<IResult> Restart(Visit visit)
    {
        await visit.Save(visit.Interaction with { Login = null, AuthenticatedSession = null, Reauthenticate = true });
        return visit.GoOn(Addresses.Login);
    }

    static async Task<IResult> Cancel(Visit visit)
    {
        await visit.Save(visit.Interaction with { Cancelled = true, Login = null });
        return visit.GoOn(Addresses.Continue);
    }

    static async Task<IResult> ShowLevel(Visit visit, BrowserSessions sessions, EidAccounts accounts)
    {
        var number = visit.Interaction.Login?.Number ?? (await sessions.Current(visit.Http))?.Number.Reveal();
        var account = PersonalId.TryParse(number, out var id) ? await accounts.Ask(id, one => one.GetAccount()) : null;
        return account is null
            ? visit.GoOn(Addresses.Login)
            : visit.Page<LevelPage, LevelAdvice>(new LevelAdvice(visit.Interaction.ClientName, account.Level, account.Devices.IsEmpty));
    }

    // A form's answer may not lead to another host (form-action), and browsers follow redirects with that rule; a page of ours in between ends it.
    static async Task<IResult> GoBack(Visit visit, InteractionStore interactions)
    {
        var interaction = visit.Interaction;
        if (interaction.ReturnPath is not { } path)
        {
            return interaction.ClientId.Length == 0 ? Visit.Go(Addresses.Account) : visit.Page<ContinuePage, string>(Addresses.With(Addresses.Authorize, interaction.Handle));
        }
        await interactions.End(interaction, visit.Ct);
        return Visit.Go(Addresses.IsLocal(path) && path != Addresses.Unlock && !interaction.Cancelled ? path : Addresses.Account);
    }

    static async Task<IResult> Form(Visit visit, Passkeys passkeys, LoginForm form, int status = StatusCodes.Status200OK) => visit.Page<LoginPage, LoginForm>(
        form with
        {
            ClientName = visit.Interaction.ClientName,
            IsOwn = visit.Interaction.ClientId.Length == 0,
            Unlocks = LoginEnd.IsUnlocking(visit.Interaction),
            Passkey = await passkeys.AskForLogin(visit.Http, visit.Interaction.Handle),
            Upstream = visit.Http.RequestServices.GetRequiredService<IOptions<UpstreamOptions>>().Value is { IsConfigured: true } upstream ? upstream.Name : null,
        },
        status);

    static string KnownNumber(Interaction interaction) => PersonalId.TryParse(interaction.LoginHint, out var hint) ? hint.Reveal() : "";
}

/// <summary>What the login page shows.</summary>
public sealed record LoginForm
{
    public string ClientName { get; init; } = "";

    public bool IsOwn { get; init; }

    public bool Unlocks { get; init; }

    public string Number { get; init; } = "";

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    public PasskeyQuestion? Passkey { get; init; }

    /// <summary>Name of the upstream provider, if there is one.</summary>
    public string? Upstream { get; init; }
}

/// <summary>Why level 2 cannot be reached right now.</summary>
public sealed record LevelAdvice(string ClientName, int Level, bool HasNoDevice);
