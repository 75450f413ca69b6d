using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>The person's e-ID account.</summary>
public sealed record Account
{
    public required int Level { get; init; }

    /// <summary><c>registered</c>, <c>active</c>, <c>locked</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>Whether a representative confirms its use.</summary>
    public required bool IsWard { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    public required int RecoveryCodesLeft { get; init; }

    /// <summary>This one first, then the newest.</summary>
    public required ImmutableArray<AccountSession> Sessions { get; init; }

    public required ImmutableArray<AccountDevice> Devices { get; init; }

    /// <summary>Logins and changes of factors, newest first.</summary>
    public required ImmutableArray<AccountEvent> History { get; init; }

    /// <summary>Registration, levels, locks and roles, newest first.</summary>
    public required ImmutableArray<AccountEvent> LifeCycle { get; init; }
}

/// <summary>A login that lives.</summary>
public sealed record AccountSession
{
    /// <summary>Names the session where it is ended; opens nothing.</summary>
    public required string Ref { get; init; }

    /// <summary>Whether it is the one in which this page is shown.</summary>
    public required bool Current { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Browser and coarse address; may be empty.</summary>
    public required string Place { get; init; }

    public required int Level { get; init; }

    /// <summary>How it was authenticated (RFC 8176).</summary>
    public required ImmutableArray<string> Methods { get; init; }

    /// <summary>Where the login is in use.</summary>
    public required ImmutableArray<AccountParty> Parties { get; init; }
}

/// <summary>A relying party of a session.</summary>
public sealed record AccountParty
{
    public required string ClientId { get; init; }
}

/// <summary>A registered device or factor.</summary>
public sealed record AccountDevice
{
    /// <summary><c>totp</c>, <c>passkey</c> or <c>approval</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>One line of the account's history.</summary>
public sealed record AccountEvent
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Stable code.</summary>
    public required string Kind { get; init; }

    /// <summary>Browser and coarse address, or place of a check; may be empty.</summary>
    public required string Place { get; init; }

    public string? Detail { get; init; }

    /// <summary>The official's reference, for acts of the authority.</summary>
    public string? Official { get; init; }
}
