using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Attempts;
using Platform.Identity.Audit;
using Platform.Identity.Factors;
using Platform.Identity.Pages.Shell;

namespace Platform.Identity.Pages.Login;

/// <summary>How a password attempt ended; all null if it was right.</summary>
sealed record PasswordOutcome(string? Refusal = null, DateTimeOffset? BlockedUntil = null, bool Busy = false)
{
    /// <summary>True if number and password belong together, whatever state the account is in.</summary>
    public bool IsRight => BlockedUntil is null && !Busy && Refusal is not EidRefusals.ProofWrong;
}

/// <summary>
/// Checks a password by the same steps and the same work, whether the number has an account, the password is wrong, or the account is locked.
/// </summary>
sealed class PasswordCheck(EidAccounts accounts, Passwords passwords, LoginAttempts attempts, IdentityAudit audit, TimeProvider clock)
{
    const string Factor = "password";

    public async Task<PasswordOutcome> Check(HttpContext context, PersonalId number, string password, CancellationToken ct)
    {
        var turn = await attempts.Take(context, number.Reveal(), ct);
        if (turn.BlockedUntil is { } until)
        {
            audit.LoginBlocked(number, Factor);
            await accounts.Tell(number, account => account.NoteRefusal("login.blocked", Place.Of(context)));
            return new PasswordOutcome(BlockedUntil: until);
        }
        var started = clock.GetTimestamp();
        if (await turn.Make(() => Verify(number, password, ct), ct) is not { } answer)
        {
            await turn.GiveBack(ct);
            return new PasswordOutcome(Busy: true);
        }
        audit.PasswordChecked(clock.GetElapsedTime(started));
        var outcome = new PasswordOutcome(answer.Refusal);
        if (outcome.IsRight)
        {
            await turn.Succeeded(ct);
        }
        if (answer.Refusal is { } refusal)
        {
            audit.LoginRefused(number, Factor, refusal);
            await accounts.Tell(number, account => account.NoteRefusal("login.refused", Place.Of(context)));
        }
        return outcome;
    }

    /// <summary>Null if there was no room for the work.</summary>
    async Task<EidAnswer?> Verify(PersonalId number, string password, CancellationToken ct)
    {
        var parameters = await accounts.Ask(number, account => account.GetPasswordParameters());
        return await passwords.Hash(password, parameters, ct) is { } hash ? await accounts.Ask(number, account => account.VerifyPassword(hash)) : null;
    }
}
