using System.Collections.Immutable;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

/// <summary>What is stored of an electronic identity. Everything in it is bounded; secrets are digests where a digest is enough.</summary>
public sealed record EidAccount
{
    public required EidHolder Holder { get; init; }

    public required EidState State { get; init; }

    public EidLockedBy? LockedBy { get; init; }

    public required int Level { get; init; }

    public string? Representative { get; init; }

    public string? TravelDocument { get; init; }

    public ImmutableArray<string> Roles { get; init; } = [];

    public PendingActivation? Activation { get; init; }

    public PasswordRecord? Password { get; init; }

    public UpstreamLink? Upstream { get; init; }

    public TotpDevice? Totp { get; init; }

    /// <summary>A secret that an authenticator app has been shown and has not confirmed.</summary>
    public byte[]? PendingTotp { get; init; }

    public ImmutableArray<PasskeyDevice> Passkeys { get; init; } = [];

    public ImmutableArray<ApprovingDevice> Devices { get; init; } = [];

    /// <summary>SHA-256 of each recovery code that is left, base64.</summary>
    public ImmutableArray<string> RecoveryCodes { get; init; } = [];

    public ImmutableArray<Approval> Approvals { get; init; } = [];

    public DateTimeOffset? DeniedAt { get; init; }

    public ImmutableArray<EidSession> Sessions { get; init; } = [];

    public ImmutableArray<ClaimsApproval> ApprovedClaims { get; init; } = [];

    /// <summary>Logins, refusals and device changes, newest first.</summary>
    public ImmutableArray<EidEvent> History { get; init; } = [];

    /// <summary>Acts of the life cycle, newest first.</summary>
    public ImmutableArray<EidEvent> LifeCycle { get; init; } = [];
}

/// <summary>An activation that is waited for.</summary>
public sealed record PendingActivation(string CodeDigest, DateTimeOffset Until);

/// <summary>The same person at an upstream provider.</summary>
public sealed record UpstreamLink(string Issuer, string Subject);

/// <summary>A registered authenticator app.</summary>
public sealed record TotpDevice(string Id, string Name, byte[] Secret, long LastStep, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);

/// <summary>A registered passkey.</summary>
public sealed record PasskeyDevice(PasskeyRecord Passkey, DateTimeOffset? UsedAt);

/// <summary>A registered device that approves.</summary>
public sealed record ApprovingDevice(string Id, string Name, string SecretDigest, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);

/// <summary>A question to the approving devices and its answer.</summary>
public sealed record Approval
{
    public required string Id { get; init; }

    public required string ClientName { get; init; }

    public required string Number { get; init; }

    public required string Place { get; init; }

    public string? WardName { get; init; }

    public string? Ward { get; init; }

    /// <summary>What the ward would consent to; null for a login.</summary>
    public string? Consent { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>The device that approved.</summary>
    public string? ApprovedBy { get; init; }

    public bool Denied { get; init; }
}

/// <summary>A session; one that has ended is not kept.</summary>
public sealed record EidSession
{
    public required string Id { get; init; }

    /// <summary>The factors proved so far, each kind and device once.</summary>
    public required ImmutableArray<CheckedFactor> Factors { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string Place { get; init; }

    public ImmutableArray<SessionClient> Clients { get; init; } = [];
}

/// <summary>What a relying party may be told.</summary>
public sealed record ClaimsApproval(string ClientId, ImmutableArray<string> Claims, DateTimeOffset At);
