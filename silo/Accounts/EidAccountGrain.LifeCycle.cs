using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    public async Task<EidAnswer> RaiseLevel(RaiseLevelCall call)
    {
        await ConfirmNewest();
        if (StateRefusal() is { } refusal and not EidRefusals.AccountNotActivated)
        {
            return Refused(refusal);
        }

        if (!IsComplete(call))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        await Write(Acted(await Raised(Account!, 2), "level.raised", call.Official, Checked(call), call.Place));
        return Done();
    }

    /// <summary>
    /// The account at its new level. What was added at level 1 goes: a password alone was enough to add it, so with the password it would not be a second
    /// factor. What is from before level 2 was taken away stays.
    /// </summary>
    private async Task<EidAccount> Raised(EidAccount account, int level)
    {
        if (level <= account.Level)
        {
            return account;
        }

        var since = account.LifeCycle.FirstOrDefault(act => act.Kind == "level.lowered")?.At ?? DateTimeOffset.MinValue;
        var dropped = DevicesOf(account).Where(device => device.AddedAt > since).Select(device => device.Id).ToHashSet();
        var (kept, ended) = Split(account.Sessions, session => !dropped.Any(device => UsesDevice(session, device)));
        await Announce(ended);
        return account with
        {
            Level = level,
            Totp = account.Totp is { } app && dropped.Contains(app.Id) ? null : account.Totp,
            PendingTotp = null,
            Passkeys = account.Passkeys.RemoveAll(device => dropped.Contains(device.Passkey.DeviceId)),
            Devices = account.Devices.RemoveAll(device => dropped.Contains(device.Id)),
            Approvals = [],
            RecoveryCodes = [],
            Sessions = kept,
        };
    }

    public async Task<EidAnswer> LowerLevel(AuthorityCall call)
    {
        await ConfirmNewest();
        if (Refusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        await Write(Acted(Account! with { Level = 1 }, "level.lowered", call.Official, call.Reason));
        return Done();
    }

    public async Task<EidAnswer> Lock(LockCall call)
    {
        await ConfirmNewest();
        if (Account is not { State: EidState.Active or EidState.Locked or EidState.Registered } account)
        {
            return Refused(StateRefusal() ?? EidRefusals.AccountState);
        }

        if (!IsComplete(call))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        if (account.State == EidState.Locked && account.LockedBy >= call.By)
        {
            return Done();
        }

        await Close(account, EidState.Locked, call.By, "account.locked", call.Authority?.Official, call.Authority?.Reason);
        return Done();
    }

    public async Task<EidAnswer> Unlock(LockCall call)
    {
        await ConfirmNewest();
        if (Account is not { State: EidState.Locked, LockedBy: { } by } account)
        {
            return Refused(StateRefusal() ?? EidRefusals.AccountState);
        }

        if (!IsComplete(call))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        if (call.By == EidLockedBy.Holder && by != EidLockedBy.Holder)
        {
            return Refused(EidRefusals.LockNotYours);
        }

        if (!IsInUse(account.Holder, await Standing()))
        {
            return Refused(EidRefusals.CitizenInactive);
        }

        var state = account.Password is null && account.Upstream is null ? EidState.Registered : EidState.Active;
        await Write(Acted(account with { State = state, LockedBy = null }, "account.unlocked", call.Authority?.Official, call.Authority?.Reason));
        return Done();
    }

    public async Task<EidAnswer> Cancel(AuthorityCall call)
    {
        await ConfirmNewest();
        if (Account is not { State: not EidState.Cancelled } account)
        {
            return Refused(StateRefusal()!);
        }

        if (!IsComplete(call))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        // The factors go with the account; its history stays.
        var bare = WithoutFactors(account) with { Roles = [], ApprovedClaims = [], Activation = null };
        await Close(account, EidState.Cancelled, null, "account.cancelled", call.Official, call.Reason, bare);
        return Done();
    }

    public async Task<EidAnswer> SetRoles(ImmutableArray<string> roles, AuthorityCall call)
    {
        await ConfirmNewest();
        if (Refusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        if (roles.Length > 20 || roles.Any(role => role.Length is 0 or > 60) || roles.Distinct().Count() != roles.Length)
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        await Write(Acted(Account! with { Roles = roles }, "roles.set", call.Official, $"{string.Join(' ', roles)}: {call.Reason}"));
        return Done();
    }

    /// <summary>Ends every session and writes the new state; the relying parties are told.</summary>
    private async Task Close(
        EidAccount account, EidState state, EidLockedBy? by, string kind, string? official, string? reason, EidAccount? changed = null, string place = "")
    {
        await Announce(account.Sessions);
        await Write(Acted((changed ?? account) with { State = state, LockedBy = by, Sessions = [], Approvals = [] }, kind, official, reason, place));
    }

    private static EidAccount WithoutFactors(EidAccount account) => account with
    {
        Password = null,
        Upstream = null,
        Totp = null,
        PendingTotp = null,
        Passkeys = [],
        Devices = [],
        RecoveryCodes = [],
    };

    private string? Refusal(AuthorityCall call) => StateRefusal() switch
    {
        EidRefusals.AccountUnknown => EidRefusals.AccountUnknown,
        EidRefusals.AccountCancelled => EidRefusals.AccountCancelled,
        _ => IsComplete(call) ? null : EidRefusals.RecordIncomplete,
    };

    // What the holder does names no official.
    private bool IsComplete(LockCall call) => call switch
    {
        { By: EidLockedBy.Holder } => call.Authority is null,
        { By: EidLockedBy.Authority, Authority: { } authority } => IsComplete(authority),
        _ => false,
    };

    // Nobody vouches for themselves.
    private bool IsComplete(AuthorityCall call) =>
        call is { Official.Length: > 0 and <= 200, Reason.Length: > 0 and <= 500 } && call.Official != Number;

    private bool IsComplete(RaiseLevelCall call) =>
        call is { Official.Length: > 0 and <= 200, Place.Length: > 0 and <= 200, Biometric: "face" or "fingerprint" } && call.Official != Number && call.At <= Now;

    private static string Checked(RaiseLevelCall call) => $"{call.Biometric} {call.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {call.Official}";

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}
