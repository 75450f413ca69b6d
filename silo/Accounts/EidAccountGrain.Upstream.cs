using Platform.Contracts;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    public async Task<EidAnswer> LinkUpstream(UpstreamIdentity identity)
    {
        if (identity is not { Level: 1 or 2, Issuer.Length: > 0 and <= 300, Subject.Length: > 0 and <= 300 })
        {
            return Refused(EidRefusals.RecordIncomplete);
        }

        await ConfirmNewest();
        if (Account is null or { State: EidState.Registered })
        {
            return await OpenUpstream(identity);
        }

        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (account.Upstream is { } linked && (linked.Issuer != identity.Issuer || linked.Subject != identity.Subject))
        {
            return Refused(EidRefusals.UpstreamOtherPerson);
        }

        var changed = account.Upstream is null
            ? Acted(account with { Upstream = new UpstreamLink(identity.Issuer, identity.Subject) }, "upstream.linked", identity.Issuer, detail: null)
            : account;
        if (identity.Level > changed.Level && !IsLowered(account))
        {
            changed = Acted(await Raised(changed, identity.Level), "level.raised", identity.Issuer, "upstream");
        }

        if (changed != account)
        {
            await Write(changed);
        }

        return Done();
    }

    // What the authority has taken away comes back after a check in person, not at the next login.
    private static bool IsLowered(EidAccount account) =>
        account.LifeCycle.FirstOrDefault(act => act.Kind is "level.raised" or "level.lowered") is { Kind: "level.lowered" };

    // The provider has identified the person and activated the identity there; a code of ours would prove nothing more.
    private async Task<EidAnswer> OpenUpstream(UpstreamIdentity identity)
    {
        var call = new RegisterAccountCall { Holder = EidHolder.Citizen, Level = 1, HolderAgreed = true, By = identity.Issuer[..Math.Min(identity.Issuer.Length, 200)] };
        if (await RegistrationRefusal(call) is { } refusal)
        {
            return Refused(refusal);
        }

        var opened = (Account ?? new EidAccount { Holder = EidHolder.Citizen, State = EidState.Active, Level = identity.Level }) with
        {
            State = EidState.Active,
            Activation = null,
            Upstream = new UpstreamLink(identity.Issuer, identity.Subject),
        };
        await Write(Acted(opened with { Level = Math.Max(opened.Level, identity.Level) }, "upstream.linked", identity.Issuer, detail: null));
        return Done();
    }
}
