using System.Security.Cryptography;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Silo.Storage;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int AgeOfOwnAccount = 14;
    private const int CodeBytes = 10;
    private const string App = "app";
    private static readonly string NoDigest = Digest(new byte[CodeBytes]);
    private static readonly TimeSpan ActivationTime = TimeSpan.FromDays(7);

    public async Task<EidAnswer> Register(RegisterAccountCall call)
    {
        await ConfirmNewest();

        // An account whose first activation was missed is registered again; there is nothing yet that it could lose.
        var isSpent = Account is { State: EidState.Registered } waiting && !CanBeActivated(waiting) && !WasReset(waiting);
        if (Account is { State: not EidState.Cancelled } && !isSpent)
        {
            return Refused(EidRefusals.AccountExists);
        }

        if (Account is { State: EidState.Cancelled } && call.By == App)
        {
            return Refused(EidRefusals.AccountCancelled);
        }

        if (await RegistrationRefusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        var (code, activation) = NewActivation();
        var account = new EidAccount
        {
            Holder = call.Holder,
            State = EidState.Registered,
            Level = call.Level,
            Representative = call.Holder == EidHolder.Ward ? call.Representative : null,
            TravelDocument = call.Holder == EidHolder.Foreigner ? call.TravelDocument : null,
            Activation = activation,
            History = Account?.History ?? [],
            LifeCycle = Account?.LifeCycle ?? [],
        };
        var check = call.Check is { } made ? Checked(made) : null;
        await Write(Acted(account, "account.registered", call.By, check, call.Check?.Place ?? ""));
        return Done(code);
    }

    public async Task<EidAnswer> Activate(string code, PasswordRecord password)
    {
        await ConfirmNewest();

        // A wrong code leaves no trace here: 80 bits need no counter, and a counter would let any stranger use the code up.
        var isRight = Same(Account?.Activation?.CodeDigest ?? NoDigest, CodeDigest(code.Trim().ToUpperInvariant()));
        if (!isRight || Account is not { State: EidState.Registered } account || !CanBeActivated(account))
        {
            return Refused(EidRefusals.ActivationInvalid);
        }

        if (!IsInUse(account.Holder, await Standing()))
        {
            await LockByRecord(account);
            return Refused(EidRefusals.AccountLocked);
        }

        await Write(Acted(
            account with { State = EidState.Active, Activation = null, Password = password }, "account.activated", official: null, detail: null));
        return Done();
    }

    private (string Code, PendingActivation Activation) NewActivation()
    {
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(CodeBytes));
        return (code, new PendingActivation(CodeDigest(code), Now + ActivationTime));
    }

    private bool CanBeActivated(EidAccount account) => account.Activation is { } activation && activation.Until > Now;

    private async Task<string?> RegistrationRefusal(RegisterAccountCall call)
    {
        var isComplete = call is { HolderAgreed: true, Level: 1 or 2, By.Length: > 0 and <= 200 }
            && call.By != Number
            && (call.Level == 2) == (call.Check is not null)
            && (call.Check is null || (call.By != App && IsComplete(call.Check)));
        if (!isComplete)
        {
            return EidRefusals.RecordIncomplete;
        }

        var standing = await Standing();
        if (call.Holder == EidHolder.Foreigner)
        {
            // A citizen's number is not a foreigner's, whatever papers are shown.
            return call.TravelDocument is { Length: > 0 and <= 20 } && !standing.Known ? null : EidRefusals.RecordIncomplete;
        }

        if (!standing.Known || !standing.Active)
        {
            return EidRefusals.CitizenInactive;
        }

        var isAllowed = call.Holder switch
        {
            EidHolder.Citizen => MayHaveOwn(standing),
            EidHolder.Ward => await Represents(call.Representative),
            _ => false,
        };
        return isAllowed ? null : EidRefusals.RepresentativeNeeded;
    }

    // Who may be under 14 is treated as if: an unknown part of the date never makes somebody older.
    private bool MayHaveOwn(CitizenStanding standing) =>
        PartialDate.TryParse(standing.BirthDate, out var birth) && birth.HasReachedAge(AgeOfOwnAccount, CivilTime.Day(Now)) == Answer.Yes;

    // Read from storage and not asked: two accounts that name each other would wait for each other.
    private async Task<bool> Represents(string? named)
    {
        if (!PersonalId.TryParse(named, out _) || named == Number)
        {
            return false;
        }

        EidAccount? account;
        try
        {
            account = await store.Read(named);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The account's database does not answer ({exception.GetType().Name}).");
        }

        return MayRepresent(account)
            && await GrainFactory.GetGrain<ICitizenIdentity>(named).GetStanding() is { Active: true };
    }
}
