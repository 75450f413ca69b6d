using Platform.Contracts;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    public async Task<EidAccountView?> GetAccount()
    {
        await Usable();
        if (Account is not { } account)
        {
            return null;
        }

        return new EidAccountView
        {
            Holder = account.Holder,
            State = account.State,
            LockedBy = account.LockedBy,
            Level = account.Level,
            Representative = account.Representative,
            Roles = account.Roles,
            Devices = [.. DevicesOf(account)],
            RecoveryCodesLeft = account.RecoveryCodes.Length,
            Sessions = [.. account.Sessions.Where(IsAlive).Select(session => View(account, session))],
            History = account.History,
            LifeCycle = account.LifeCycle,
            Name = (await Standing()).Name,
        };
    }

    private static EidSessionView View(EidAccount account, EidSession session) => new()
    {
        Id = session.Id,
        Level = SessionStrength.Level(session.Factors, account.Level),
        AuthenticatedAt = session.AuthenticatedAt,
        Amr = SessionStrength.Amr(session.Factors),
        OpenedAt = session.OpenedAt,
        Place = session.Place,
        Clients = session.Clients,
        Roles = account.Roles,
        Until = session.Until,
        OfWard = account.Holder == EidHolder.Ward,
    };

    private static IEnumerable<EidDeviceView> DevicesOf(EidAccount account)
    {
        if (account.Totp is { } totp)
        {
            yield return new EidDeviceView { Id = totp.Id, Kind = FactorKind.Totp, Name = totp.Name, AddedAt = totp.AddedAt, UsedAt = totp.UsedAt };
        }

        foreach (var (passkey, usedAt) in account.Passkeys)
        {
            yield return new EidDeviceView
            {
                Id = passkey.DeviceId,
                Kind = FactorKind.Passkey,
                Name = passkey.Name,
                AddedAt = passkey.CreatedAt,
                UsedAt = usedAt,
                DeviceBound = !passkey.BackupEligible,
            };
        }

        foreach (var device in account.Devices)
        {
            yield return new EidDeviceView { Id = device.Id, Kind = FactorKind.Approval, Name = device.Name, AddedAt = device.AddedAt, UsedAt = device.UsedAt };
        }
    }
}
