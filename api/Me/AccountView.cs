using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Hosting.Logging;

namespace Platform.Api.Me;

/// <summary>The citizen's e-ID account; no secret and no id that opens anything is in it.</summary>
sealed record AccountView
{
    /// <summary>Level of the account, 1 or 2.</summary>
    public required int Level { get; init; }

    /// <summary>Where it stands.</summary>
    public required EidState State { get; init; }

    /// <summary>Name of the holder; empty if the record has none.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a representative confirms its use.</summary>
    public required bool IsWard { get; init; }

    /// <summary>Official roles of the holder.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Recovery codes that were not used yet.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>Sessions that live, this one first, then the newest.</summary>
    public required ImmutableArray<AccountSession> Sessions { get; init; }

    /// <summary>Authenticator apps, passkeys and approving devices.</summary>
    public required ImmutableArray<AccountDevice> Devices { get; init; }

    /// <summary>The newest 100 logins, refusals and changes of factors, newest first.</summary>
    public required ImmutableArray<AccountEvent> History { get; init; }

    /// <summary>Registration, levels, locks and roles, newest first.</summary>
    public required ImmutableArray<AccountEvent> LifeCycle { get; init; }

    public static AccountView From(EidAccountView account, string? ownSession) => new()
    {
        Level = account.Level,
        State = account.State,
        Name = account.Name,
        IsWard = account.Holder == EidHolder.Ward,
        Roles = account.Roles,
        RecoveryCodesLeft = account.RecoveryCodesLeft,
        Sessions =
        [
            .. account.Sessions.Select(session => AccountSession.From(session, session.Id == ownSession))
                .OrderByDescending(session => session.Current).ThenByDescending(session => session.AuthenticatedAt),
        ],
        Devices = [.. account.Devices.Select(AccountDevice.From)],
        History = [.. account.History.Select(AccountEvent.From)],
        LifeCycle = [.. account.LifeCycle.Select(AccountEvent.From)],
    };
}

/// <summary>A login that lives.</summary>
sealed record AccountSession
{
    /// <summary>Names the session where it is ended; not the session's id.</summary>
    public required string Ref { get; init; }

    /// <summary>Whether the caller is in it.</summary>
    public required bool Current { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When factors were last checked.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Browser and coarse address.</summary>
    public required string Place { get; init; }

    /// <summary>Level that counts in it.</summary>
    public required int Level { get; init; }

    /// <summary>How it was authenticated (RFC 8176).</summary>
    public required ImmutableArray<string> Methods { get; init; }

    /// <summary>Where the login is in use.</summary>
    public required ImmutableArray<AccountParty> Parties { get; init; }

    public static AccountSession From(EidSessionView session, bool isCurrent) => new()
    {
        Ref = AccountReference.Of(session.Id),
        Current = isCurrent,
        OpenedAt = session.OpenedAt,
        AuthenticatedAt = session.AuthenticatedAt,
        Until = session.Until,
        Place = session.Place,
        Level = session.Level,
        Methods = session.Amr,
        Parties = [.. session.Clients.Select(client => new AccountParty { ClientId = client.ClientId })],
    };
}

/// <summary>A relying party of a session.</summary>
sealed record AccountParty
{
    /// <summary>Client id at the identity server.</summary>
    public required string ClientId { get; init; }
}

/// <summary>A registered device or factor.</summary>
sealed record AccountDevice
{
    /// <summary>Tells devices apart; not the device's id.</summary>
    public required string Ref { get; init; }

    /// <summary>totp, passkey or approval.</summary>
    public required FactorKind Kind { get; init; }

    /// <summary>Name that the holder gave it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When it was last used; null if never.</summary>
    public required DateTimeOffset? UsedAt { get; init; }

    /// <summary>For a passkey: whether it cannot leave its device.</summary>
    public required bool DeviceBound { get; init; }

    public static AccountDevice From(EidDeviceView device) => new()
    {
        Ref = AccountReference.Of(device.Id),
        Kind = device.Kind,
        Name = device.Name,
        AddedAt = device.AddedAt,
        UsedAt = device.UsedAt,
        DeviceBound = device.DeviceBound,
    };
}

/// <summary>One line of the account's history.</summary>
sealed record AccountEvent
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Stable code, such as login.ok, login.refused, device.added, account.locked.</summary>
    public required string Kind { get; init; }

    /// <summary>Browser and coarse address, or place of the check; may be empty.</summary>
    public required string Place { get; init; }

    /// <summary>Reason, factors or device name; personal numbers are masked.</summary>
    public required string? Detail { get; init; }

    /// <summary>The official's reference, for acts of the authority; a personal number is masked.</summary>
    public required string? Official { get; init; }

    public static AccountEvent From(EidEvent line) => new()
    {
        At = line.At,
        Kind = line.Kind,
        Place = Masked(line.Place)!,
        Detail = Masked(line.Detail),
        Official = Masked(line.Official),
    };

    // Officials and officers who wrote reasons may have named people by their numbers.
    static string? Masked(string? text) => text is null ? null : LogMask.Apply(text);
}
