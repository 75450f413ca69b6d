using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>What a factor proves (Decree 69/2024/NĐ-CP): knowledge, possession or inherence.</summary>
public enum FactorKind
{
    /// <summary>A password (<c>pwd</c>).</summary>
    Password = 1,

    /// <summary>A code of a registered authenticator app (<c>otp</c>).</summary>
    Totp = 2,

    /// <summary>A registered passkey with user verification: two factors in one (<c>hwk</c> if bound to its device, else <c>swk</c>).</summary>
    Passkey = 3,

    /// <summary>An approval on a registered device with a matched number (<c>mca</c>).</summary>
    Approval = 4,

    /// <summary>A recovery code: lets the holder in to register a new device, never to level 2.</summary>
    RecoveryCode = 5,

    /// <summary>A login at the national e-ID, with the level that it vouched for (<c>fed</c> is ours: federated).</summary>
    Upstream = 6,
}

/// <summary>A factor that has just been checked.</summary>
[GenerateSerializer, Immutable, Alias("checked-factor")]
public sealed record CheckedFactor
{
    /// <summary>Kind.</summary>
    [Id(0)]
    public required FactorKind Kind { get; init; }

    /// <summary>The registered device it was on, if it was on one.</summary>
    [Id(1)]
    public string? DeviceId { get; init; }

    /// <summary>For <see cref="FactorKind.Upstream"/>: the level vouched for, 1 or 2.</summary>
    [Id(2)]
    public int UpstreamLevel { get; init; }

    /// <summary>For <see cref="FactorKind.Passkey"/>: whether the key cannot leave its device.</summary>
    [Id(3)]
    public bool DeviceBound { get; init; }
}

/// <summary>Argon2id (RFC 9106) parameters and salt.</summary>
[GenerateSerializer, Immutable, Alias("password-parameters")]
public sealed record PasswordParameters
{
    /// <summary>16 bytes.</summary>
    [Id(0)]
    public required byte[] Salt { get; init; }

    /// <summary>Memory in KiB.</summary>
    [Id(1)]
    public required int MemoryKiB { get; init; }

    /// <summary>Passes.</summary>
    [Id(2)]
    public required int Passes { get; init; }
}

/// <summary>A password as it is kept: never itself.</summary>
[GenerateSerializer, Immutable, Alias("password-record")]
public sealed record PasswordRecord
{
    /// <summary>What it was hashed with.</summary>
    [Id(0)]
    public required PasswordParameters Parameters { get; init; }

    /// <summary>32 bytes of Argon2id output over the UTF-8 bytes of the NFC form.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }
}

/// <summary>A passkey (WebAuthn level 3).</summary>
[GenerateSerializer, Immutable, Alias("passkey-record")]
public sealed record PasskeyRecord
{
    /// <summary>Credential id.</summary>
    [Id(0)]
    public required byte[] CredentialId { get; init; }

    /// <summary>COSE public key.</summary>
    [Id(1)]
    public required byte[] PublicKey { get; init; }

    /// <summary>Name that the holder gave it, at most 60 characters.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Signature counter.</summary>
    [Id(3)]
    public required long SignCount { get; init; }

    /// <summary>Transports as the browser told them.</summary>
    [Id(4)]
    public ImmutableArray<string> Transports { get; init; } = [];

    /// <summary>Whether it may be copied to other devices; if not it is device-bound.</summary>
    [Id(5)]
    public required bool BackupEligible { get; init; }

    /// <summary>Whether it has been.</summary>
    [Id(6)]
    public required bool BackedUp { get; init; }

    /// <summary>Attestation object of the registration.</summary>
    [Id(7)]
    public required byte[] AttestationObject { get; init; }

    /// <summary>Client data of the registration.</summary>
    [Id(8)]
    public required byte[] ClientData { get; init; }

    /// <summary>Created (UTC); set by the account.</summary>
    [Id(9)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Id in the device list; set by the account.</summary>
    [Id(10)]
    public string DeviceId { get; init; } = "";
}

/// <summary>A device that approves logins.</summary>
[GenerateSerializer, Immutable, Alias("add-device-call")]
public sealed record AddDeviceCall
{
    /// <summary>Name, at most 60 characters.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the 32 random bytes that the device keeps.</summary>
    [Id(1)]
    public required byte[] SecretHash { get; init; }
}

/// <summary>A person as an upstream provider has just authenticated them.</summary>
[GenerateSerializer, Immutable, Alias("upstream-identity")]
public sealed record UpstreamIdentity
{
    /// <summary>The provider's issuer.</summary>
    [Id(0)]
    public required string Issuer { get; init; }

    /// <summary>The provider's <c>sub</c>.</summary>
    [Id(1)]
    public required string Subject { get; init; }

    /// <summary>The level vouched for, mapped to ours: 1 or 2.</summary>
    [Id(2)]
    public required int Level { get; init; }
}
