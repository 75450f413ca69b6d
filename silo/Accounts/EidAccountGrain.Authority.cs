using Platform.Contracts;
using Platform.Domain.Citizens;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const string Reset = "factors.reset";

    public async Task<EidAnswer> ResetFactors(RaiseLevelCall check)
    {
        await ConfirmNewest();

        // The holder's own lock goes, because the factors that would lift it go too; nobody else's does.
        if (Account is not { State: EidState.Registered or EidState.Active or EidState.Locked, LockedBy: null or EidLockedBy.Holder } account)
        {
            return Refused(StateRefusal()!);
        }

        if (!IsComplete(check))
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        if (!IsInUse(account.Holder, await Standing()))
        {
            return Refused(EidRefusals.CitizenInactive);
        }

        var (code, activation) = NewActivation();
        var bare = WithoutFactors(account) with { Activation = activation };
        await Close(account, EidState.Registered, null, Reset, check.Official, Checked(check), bare, check.Place);
        return Done(code);
    }

    public async Task<EidAnswer> SetRepresentative(string? representative, AuthorityCall call)
    {
        await ConfirmNewest();
        if (Refusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        var account = Account!;
        if (account.Holder == EidHolder.Foreigner || account.Representative == representative)
        {
            return Refused(EidRefusals.AccountState);
        }

        if (!(representative is null ? MayHaveOwn(await Standing()) : await Represents(representative)))
        {
            return Refused(EidRefusals.RepresentativeNeeded);
        }

        var changed = representative is null
            ? account with { Holder = EidHolder.Citizen, Representative = null }
            // Who needs a representative holds no office.
            : account with { Holder = EidHolder.Ward, Representative = representative, Roles = [] };
        var detail = representative is null ? call.Reason : $"{PersonalId.Parse(representative)}: {call.Reason}";
        await Close(
            account, account.State, account.LockedBy, representative is null ? "representative.ended" : "representative.set", call.Official, detail, changed);
        return Done();
    }

    public async Task CheckRecord()
    {
        if (Account is not null)
        {
            await Usable();
        }
    }

    // Roles and approvals outlive the factors, so who misses the new code is checked again and not registered anew.
    private static bool WasReset(EidAccount account) =>
        account.LifeCycle.FirstOrDefault(act => act.Kind is Reset or "account.registered") is { Kind: Reset };
}
