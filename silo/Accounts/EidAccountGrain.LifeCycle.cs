using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain.Citizens;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int AgeOfOwnAccount = 14;
    private const int ActivationTries = 5;
    private const int CodeBytes = 10;
    private static readonly TimeSpan ActivationTime = TimeSpan.FromDays(7);

    public async Task<EidAnswer> Register(RegisterAccountCall call)
    {
        await ConfirmNewest();
        if (Account is { State: not EidState.Cancelled })
        {
            return Refused(EidRefusals.AccountExists);
        }

        if (await RegistrationRefusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(CodeBytes));
        var account = new EidAccount
        {
            Holder = call.Holder,
            State = EidState.Registered,
            Level = call.Level,
            Representative = call.Representative,
            TravelDocument = call.TravelDocument,
            Activation = new PendingActivation(Digest(Encoding.ASCII.GetBytes(code)), Now + ActivationTime, ActivationTries),
            History = Account?.History ?? [],
            LifeCycle = Account?.LifeCycle ?? [],
        };
        await Write(Acted(account, "account.registered", call.By, call.Check?.Biometric, call.Check?.Place ?? ""));
        return Done(code);
    }

    public async Task<EidAnswer> Activate(string code, PasswordRecord password)
    {
        await ConfirmNewest();
        if (Account is not { State: EidState.Registered, Activation: { } activation } account || activation.Until <= Now || activation.TriesLeft == 0)
        {
            return Refused(EidRefusals.ActivationInvalid);
        }

        if (!Same(activation.CodeDigest, Digest(Encoding.ASCII.GetBytes(code.Trim().ToUpperInvariant()))))
        {
            await Write(account with { Activation = activation with { TriesLeft = activation.TriesLeft - 1 } });
            return Refused(EidRefusals.ActivationInvalid);
        }

        await Write(Acted(
            account with { State = EidState.Active, Activation = null, Password = password }, "account.activated", official: null, detail: null));
        return Done();
    }

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

        await Write(Acted(Account! with { Level = 2 }, "level.raised", call.Official, call.Biometric, call.Place));
        return Done();
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

        if (call.By == EidLockedBy.Record || (call.By == EidLockedBy.Authority && (call.Authority is null || !IsComplete(call.Authority))))
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

        if (call.By == EidLockedBy.Record || (call.By == EidLockedBy.Authority && (call.Authority is null || !IsComplete(call.Authority))))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        if (call.By == EidLockedBy.Holder && by != EidLockedBy.Holder)
        {
            return Refused(EidRefusals.LockNotYours);
        }

        if (account.Holder != EidHolder.Foreigner && await Standing() is not { Known: true, Active: true })
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
        var bare = account with
        {
            Password = null,
            Upstream = null,
            Totp = null,
            PendingTotp = null,
            Passkeys = [],
            Devices = [],
            RecoveryCodes = [],
            Roles = [],
            ApprovedClaims = [],
            Activation = null,
        };
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
        EidAccount account, EidState state, EidLockedBy? by, string kind, string? official, string? reason, EidAccount? changed = null)
    {
        await Announce(account.Sessions);
        await Write(Acted((changed ?? account) with { State = state, LockedBy = by, Sessions = [], Approvals = [] }, kind, official, reason));
    }

    private async Task<string?> RegistrationRefusal(RegisterAccountCall call)
    {
        if (!call.HolderAgreed || call.Level is not (1 or 2) || call.By is not { Length: > 0 and <= 200 }
            || (call.Level == 2) != (call.Check is not null) || (call.Check is not null && !IsComplete(call.Check)))
        {
            return EidRefusals.RecordIncomplete;
        }

        if (call.Holder == EidHolder.Foreigner)
        {
            return call.TravelDocument is { Length: > 0 and <= 20 } ? null : EidRefusals.RecordIncomplete;
        }

        var standing = await Standing();
        if (!standing.Known || !standing.Active)
        {
            return EidRefusals.CitizenInactive;
        }

        // Who may be under 14 is treated as if: an unknown part of the date never makes somebody older.
        var mayHaveOwn = PartialDate.TryParse(standing.BirthDate, out var birth)
            && birth.HasReachedAge(AgeOfOwnAccount, CivilTime.Day(Now)) == Answer.Yes;
        if (call.Holder == EidHolder.Citizen)
        {
            return mayHaveOwn ? null : EidRefusals.RepresentativeNeeded;
        }

        if (!PersonalId.TryParse(call.Representative, out var representative) || representative.Reveal() == Number)
        {
            return EidRefusals.RepresentativeNeeded;
        }

        var account = await GrainFactory.GetGrain<IEidAccountGrain>(representative.Reveal()).GetAccount();
        return account is { Holder: EidHolder.Citizen, State: EidState.Active, Level: 2 } ? null : EidRefusals.RepresentativeNeeded;
    }

    private string? Refusal(AuthorityCall call) => StateRefusal() switch
    {
        EidRefusals.AccountUnknown => EidRefusals.AccountUnknown,
        EidRefusals.AccountCancelled => EidRefusals.AccountCancelled,
        _ => IsComplete(call) ? null : EidRefusals.RecordIncomplete,
    };

    // Nobody vouches for themselves.
    private bool IsComplete(AuthorityCall call) =>
        call is { Official.Length: > 0 and <= 200, Reason.Length: > 0 and <= 500 } && call.Official != Number;

    private bool IsComplete(RaiseLevelCall call) =>
        call is { Official.Length: > 0 and <= 200, Place.Length: > 0 and <= 200, Biometric: "face" or "fingerprint" } && call.Official != Number && call.At <= Now;

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}
