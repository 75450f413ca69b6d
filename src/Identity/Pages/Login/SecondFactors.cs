using System.Globalization;
using System.Security.Cryptography;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Login;

/// <summary>A question on a device, with the number to show here.</summary>
sealed record AskedDevice(string ApprovalId, string Number, DateTimeOffset At);

/// <summary>A checked factor, or why not.</summary>
sealed record FactorOutcome(CheckedFactor? Factor, string? Refusal = null, DateTimeOffset? BlockedUntil = null);

/// <summary>The factors that come after the password.</summary>
sealed class SecondFactors(EidAccounts accounts, LoginAttempts attempts, IdentityAudit audit, TimeProvider clock)
{
    const int LongestCode = 40;

    /// <summary>How long a device may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public Task<FactorOutcome> Totp(Visit visit, PersonalId number, string code) =>
        Guess(visit, number, FactorKind.Totp, account => account.VerifyTotp(code));

    public Task<FactorOutcome> Recovery(Visit visit, PersonalId number, string code) => code.Length > LongestCode
        ? Task.FromResult(new FactorOutcome(null, EidRefusals.ProofWrong))
        : Guess(visit, number, FactorKind.RecoveryCode, account => account.UseRecoveryCode(code));

    /// <summary>Asks the person's devices; the answer is the login with what to show, or why they cannot be asked.</summary>
    public async Task<(LoginProgress? Login, string? Refusal)> AskDevices(Visit visit, Interaction interaction, LoginProgress login)
    {
        var (asked, refusal) = await Ask(
            PersonalId.Parse(login.Number), "login", new StartApprovalCall { ClientName = interaction.ClientName, Number = TwoDigits(), Place = Place.Of(visit.Http) });
        return asked is null ? (null, refusal) : (login with { ApprovalId = asked.ApprovalId, ApprovalNumber = asked.Number, AskedAt = asked.At }, null);
    }

    /// <summary>Asks the devices of a ward's representative: whether the ward may log in or, with its text, give a consent.</summary>
    public async Task<(AskedDevice? Asked, string? Refusal)> AskRepresentative(Visit visit, PersonalId ward, string? consent = null)
    {
        var account = await accounts.Ask(ward, one => one.GetAccount());
        if (!PersonalId.TryParse(account?.Representative, out var representative))
        {
            return (null, EidRefusals.RepresentativeNeeded);
        }
        return await Ask(representative, consent is null ? "ward-login" : "ward-consent", new StartApprovalCall
        {
            ClientName = visit.Interaction.ClientName,
            Number = TwoDigits(),
            Place = Place.Of(visit.Http),
            WardName = account!.Name,
            Ward = ward.Reveal(),
            Consent = consent,
        });
    }

    public bool IsStillAsked(DateTimeOffset? askedAt) => askedAt + Patience > clock.GetUtcNow();

    async Task<(AskedDevice? Asked, string? Refusal)> Ask(PersonalId number, string what, StartApprovalCall call)
    {
        var answer = await accounts.Ask(number, account => account.StartApproval(call));
        audit.ApprovalAsked(number, what, answer.Refusal);
        return answer is { Refusal: null, Secret: { } id } ? (new AskedDevice(id, call.Number, clock.GetUtcNow()), null) : (null, answer.Refusal);
    }

    async Task<FactorOutcome> Guess(Visit visit, PersonalId number, FactorKind kind, Func<IEidAccountGrain, Task<EidAnswer>> check)
    {
        var name = kind.ToString();
        var turn = await attempts.TakeCode(visit.Http, number.Reveal(), name, visit.Ct);
        if (turn.BlockedUntil is { } until)
        {
            audit.LoginBlocked(number, name);
            await accounts.Tell(number, account => account.NoteRefusal("login.blocked", Place.Of(visit.Http)));
            return new FactorOutcome(null, RefusalTexts.Blocked, until);
        }
        var answer = await turn.Make(() => accounts.Ask(number, check), visit.Ct);
        if (answer.Refusal is { } refusal)
        {
            audit.LoginRefused(number, name, refusal);
            await accounts.Tell(number, account => account.NoteRefusal("login.refused", Place.Of(visit.Http)));
            return new FactorOutcome(null, refusal);
        }
        await turn.Succeeded(visit.Ct);
        return new FactorOutcome(new CheckedFactor { Kind = kind, DeviceId = answer.Secret });
    }

    static string TwoDigits() => RandomNumberGenerator.GetInt32(10, 100).ToString(CultureInfo.InvariantCulture);
}
