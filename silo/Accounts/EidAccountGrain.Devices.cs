using Platform.Contracts;
using Platform.Domain.Consents;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int MostDevices = 5;
    private const int MostApprovals = 3;
    private const int LongestConsent = 40_000;
    private static readonly TimeSpan ApprovalTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan QuietAfterDenial = TimeSpan.FromMinutes(5);

    public async Task<EidAnswer> AddDevice(AddDeviceCall call)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (account.Devices.Length >= MostDevices)
        {
            return Refused(EidRefusals.FactorsTooMany);
        }

        var device = new ApprovingDevice(NewId(12), Name(call.Name), Convert.ToBase64String(call.SecretHash), Now, null);
        await Write(Noted(account with { Devices = account.Devices.Add(device) }, "device.added", detail: $"approval {device.Name}"));
        return Done(device.Id);
    }

    public async Task<EidAnswer> RemoveDevice(string deviceId)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (DevicesOf(account).FirstOrDefault(device => device.Id == deviceId) is not { } found)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        var (kept, ended) = Split(account.Sessions, session => !UsesDevice(session, deviceId));
        await Announce(ended);
        await Write(Noted(
            account with
            {
                Totp = account.Totp?.Id == deviceId ? null : account.Totp,
                Passkeys = account.Passkeys.RemoveAll(device => device.Passkey.DeviceId == deviceId),
                Devices = account.Devices.RemoveAll(device => device.Id == deviceId),
                Approvals = account.Approvals.RemoveAll(approval => approval.ApprovedBy == deviceId),
                Sessions = kept,
            },
            "device.removed",
            detail: found.Name));
        return Done();
    }

    public async Task<EidAnswer> StartApproval(StartApprovalCall call)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        var waiting = account.Approvals.RemoveAll(approval => approval.Until <= Now);
        var isQuiet = account.DeniedAt is { } denied && denied + QuietAfterDenial > Now;
        var isAllowed = (call.Ward is null ? call.Consent is null : MayRepresent(account)) && call.Consent is null or { Length: <= LongestConsent };
        if (!isAllowed || account.Devices.IsEmpty || isQuiet || waiting.Count(approval => approval is { Denied: false, ApprovedBy: null }) >= MostApprovals)
        {
            return Refused(EidRefusals.ApprovalUnavailable);
        }

        var asked = new Approval
        {
            Id = NewId(16),
            ClientName = Cut(call.ClientName, LongestPlace),
            Number = call.Number,
            Place = Cut(call.Place, LongestPlace),
            WardName = call.WardName is { } name ? Cut(name, LongestPlace) : null,
            Ward = call.Ward,
            Consent = call.Consent,
            AskedAt = Now,
            Until = Now + ApprovalTime,
        };
        await Write(account with { Approvals = [.. waiting.TakeLast(2 * MostApprovals), asked] });
        return Done(asked.Id);
    }

    public async Task<ApprovalsView?> GetApprovals(byte[] deviceSecretHash)
    {
        if (await Usable() is not { } account || DeviceWith(account, deviceSecretHash) is not { } device)
        {
            return null;
        }

        return new ApprovalsView
        {
            DeviceId = device.Id,
            Waiting =
            [
                .. account.Approvals.Where(IsWaiting).Select(approval => new ApprovalView
                {
                    Id = approval.Id,
                    ClientName = approval.ClientName,
                    Place = approval.Place,
                    WardName = approval.WardName,
                    Consent = approval.Consent,
                    AskedAt = approval.AskedAt,
                    Until = approval.Until,
                }),
            ],
        };
    }

    public async Task<EidAnswer> DecideApproval(DecideApprovalCall call)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (DeviceWith(account, call.DeviceSecretHash) is not { } device)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        if (account.Approvals.FirstOrDefault(candidate => candidate.Id == call.ApprovalId && IsWaiting(candidate)) is not { } approval)
        {
            return Refused(EidRefusals.ApprovalUnknown);
        }

        // A wrong number is somebody who approves without looking, or another's login: it ends here.
        var approves = call.Approve && call.Number == approval.Number;
        var decided = approves ? approval with { ApprovedBy = device.Id } : approval with { Denied = true };
        var changed = account with
        {
            Approvals = account.Approvals.Replace(approval, decided),
            Devices = account.Devices.Replace(device, device with { UsedAt = Now }),
            DeniedAt = approves ? account.DeniedAt : Now,
        };
        await Write(approves ? changed : Noted(changed, "approval.denied", approval.Place, approval.ClientName));
        return call.Approve && !approves ? Refused(EidRefusals.ApprovalNumberWrong) : Done();
    }

    public async Task<ApprovalState> TakeApproval(string approvalId)
    {
        if (await Usable() is not { } account || account.Approvals.FirstOrDefault(candidate => candidate.Id == approvalId) is not { } approval)
        {
            return new ApprovalState { State = "expired" };
        }

        if (approval.Denied)
        {
            return new ApprovalState { State = "denied" };
        }

        if (approval.Until <= Now || (approval.Ward is not null && !MayRepresent(account)))
        {
            return new ApprovalState { State = "expired" };
        }

        if (approval.ApprovedBy is not { } device)
        {
            return new ApprovalState { State = "waiting" };
        }

        await Write(account with { Approvals = account.Approvals.Remove(approval) });
        return new ApprovalState
        {
            State = "approved",
            DeviceId = device,
            Ward = approval.Ward,
            ConsentHash = approval.Consent is { } consent ? ConsentStatement.Hash(consent) : null,
        };
    }

    private static bool MayRepresent(EidAccount? account) => account is { Holder: EidHolder.Citizen, State: EidState.Active, Level: 2 };

    private bool IsWaiting(Approval approval) => approval is { Denied: false, ApprovedBy: null } && approval.Until > Now;

    private static ApprovingDevice? DeviceWith(EidAccount account, byte[] secretHash)
    {
        var digest = Convert.ToBase64String(secretHash);
        return account.Devices.FirstOrDefault(device => Same(device.SecretDigest, digest));
    }
}
