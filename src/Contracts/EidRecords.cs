using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>Whose account it is (Decree 69/2024/NĐ-CP).</summary>
public enum EidHolder
{
    /// <summary>A citizen of 14 or more.</summary>
    Citizen = 1,

    /// <summary>A child under 14 or a person under guardianship; each use needs the representative's confirmation.</summary>
    Ward = 2,

    /// <summary>A foreigner with a residence card.</summary>
    Foreigner = 3,
}

/// <summary>Where an account stands (Decree 69/2024/NĐ-CP; Law 26/2023/QH15 art. 34).</summary>
public enum EidState
{
    /// <summary>Created, not activated: no login.</summary>
    Registered = 1,

    /// <summary>In use.</summary>
    Active = 2,

    /// <summary>Locked: no login, no session, no consent.</summary>
    Locked = 3,

    /// <summary>Ended for good.</summary>
    Cancelled = 4,
}

/// <summary>Who locks or unlocks.</summary>
public enum EidLockedBy
{
    /// <summary>The holder, at once and without a reason.</summary>
    Holder = 1,

    /// <summary>The competent authority.</summary>
    Authority = 2,

    /// <summary>The citizen's record says that the person has died or the number was cancelled.</summary>
    Record = 3,
}

/// <summary>Who acts for the authority, and why; every part is recorded.</summary>
[GenerateSerializer, Immutable, Alias("authority-call")]
public sealed record AuthorityCall
{
    /// <summary>The official's stable reference (subject of the token or staff code), at most 200 characters.</summary>
    [Id(0)]
    public required string Official { get; init; }

    /// <summary>The reason or the number of the order, at most 500 characters.</summary>
    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>A new account.</summary>
[GenerateSerializer, Immutable, Alias("register-account-call")]
public sealed record RegisterAccountCall
{
    /// <summary>Whose.</summary>
    [Id(0)]
    public required EidHolder Holder { get; init; }

    /// <summary>1 from the app, 2 after the check in person that <see cref="Check"/> records.</summary>
    [Id(1)]
    public required int Level { get; init; }

    /// <summary>The check in person for level 2, else null.</summary>
    [Id(2)]
    public RaiseLevelCall? Check { get; init; }

    /// <summary>Personal ID of the representative of a ward.</summary>
    [Id(3)]
    public string? Representative { get; init; }

    /// <summary>Passport or travel document of a foreigner, at most 20 characters.</summary>
    [Id(4)]
    public string? TravelDocument { get; init; }

    /// <summary>True once the holder has agreed to the account; without it there is none.</summary>
    [Id(5)]
    public required bool HolderAgreed { get; init; }

    /// <summary>Who registers: an official, or <c>app</c> for a level-1 registration by the person.</summary>
    [Id(6)]
    public required string By { get; init; }
}

/// <summary>A check in person.</summary>
[GenerateSerializer, Immutable, Alias("raise-level-call")]
public sealed record RaiseLevelCall
{
    /// <summary>The official's stable reference, at most 200 characters.</summary>
    [Id(0)]
    public required string Official { get; init; }

    /// <summary>Where, at most 200 characters.</summary>
    [Id(1)]
    public required string Place { get; init; }

    /// <summary><c>face</c> or <c>fingerprint</c>.</summary>
    [Id(2)]
    public required string Biometric { get; init; }

    /// <summary>When (UTC); not in the future.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>A lock or its end.</summary>
[GenerateSerializer, Immutable, Alias("lock-call")]
public sealed record LockCall
{
    /// <summary>Holder or authority.</summary>
    [Id(0)]
    public required EidLockedBy By { get; init; }

    /// <summary>For the authority: who and why.</summary>
    [Id(1)]
    public AuthorityCall? Authority { get; init; }
}

/// <summary>A factor or device as its holder sees it.</summary>
[GenerateSerializer, Immutable, Alias("eid-device-view")]
public sealed record EidDeviceView
{
    /// <summary>Id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Totp, Passkey or Approval.</summary>
    [Id(1)]
    public required FactorKind Kind { get; init; }

    /// <summary>Name.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Registered (UTC).</summary>
    [Id(3)]
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Last used (UTC).</summary>
    [Id(4)]
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>For a passkey: whether it cannot leave its device.</summary>
    [Id(5)]
    public bool DeviceBound { get; init; }
}

/// <summary>One line of the account's history.</summary>
[GenerateSerializer, Immutable, Alias("eid-event")]
public sealed record EidEvent
{
    /// <summary>When (UTC).</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Stable code, such as <c>login.ok</c>, <c>login.refused</c>, <c>account.locked</c>, <c>device.added</c>.</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>Browser and coarse address, or place of the check.</summary>
    [Id(2)]
    public string Place { get; init; } = "";

    /// <summary>The official, for acts of the authority.</summary>
    [Id(3)]
    public string? Official { get; init; }

    /// <summary>Reason, factors or device name.</summary>
    [Id(4)]
    public string? Detail { get; init; }
}

/// <summary>An account as its holder sees it.</summary>
[GenerateSerializer, Immutable, Alias("eid-account-view")]
public sealed record EidAccountView
{
    /// <summary>Whose.</summary>
    [Id(0)]
    public required EidHolder Holder { get; init; }

    /// <summary>State.</summary>
    [Id(1)]
    public required EidState State { get; init; }

    /// <summary>Who locked it, while it is locked.</summary>
    [Id(2)]
    public EidLockedBy? LockedBy { get; init; }

    /// <summary>1 or 2.</summary>
    [Id(3)]
    public required int Level { get; init; }

    /// <summary>The representative of a ward.</summary>
    [Id(4)]
    public string? Representative { get; init; }

    /// <summary>Roles.</summary>
    [Id(5)]
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Devices and other possession factors.</summary>
    [Id(6)]
    public required ImmutableArray<EidDeviceView> Devices { get; init; }

    /// <summary>Recovery codes left.</summary>
    [Id(7)]
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>Sessions that live.</summary>
    [Id(8)]
    public required ImmutableArray<EidSessionView> Sessions { get; init; }

    /// <summary>The newest 100 logins, refusals and device changes, newest first; at most 30 are refusals, so that no stranger pushes the others out.</summary>
    [Id(9)]
    public required ImmutableArray<EidEvent> History { get; init; }

    /// <summary>Acts of the life cycle, newest first; none of the authority's is dropped, of the holder's own the newest 100 are kept.</summary>
    [Id(10)]
    public required ImmutableArray<EidEvent> LifeCycle { get; init; }

    /// <summary>Name for people, from the citizen's record; empty if it has none.</summary>
    [Id(11)]
    public required string Name { get; init; }
}
