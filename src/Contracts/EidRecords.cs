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

/// <summary>A question to the approving devices.</summary>
[GenerateSerializer, Immutable, Alias("start-approval-call")]
public sealed record StartApprovalCall
{
    /// <summary>Name of the relying party that the person logs in to.</summary>
    [Id(0)]
    public required string ClientName { get; init; }

    /// <summary>The number that the other screen shows, two digits.</summary>
    [Id(1)]
    public required string Number { get; init; }

    /// <summary>What asks: browser and coarse address, for people to recognise.</summary>
    [Id(2)]
    public required string Place { get; init; }

    /// <summary>For a ward's login: the ward's name for the representative to see; asked at the representative's account.</summary>
    [Id(3)]
    public string? WardName { get; init; }

    /// <summary>For a ward's login: the ward's number; the approval counts for it alone.</summary>
    [Id(4)]
    public string? Ward { get; init; }

    /// <summary>For a consent in a ward's session, and not for a login: the whole of what would be consented to, at most 40,000 characters.</summary>
    [Id(5)]
    public string? Consent { get; init; }
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

/// <summary>What waits for a device.</summary>
[GenerateSerializer, Immutable, Alias("approvals-view")]
public sealed record ApprovalsView
{
    /// <summary>The device's id.</summary>
    [Id(0)]
    public required string DeviceId { get; init; }

    /// <summary>Waiting questions, oldest first; the number is not among what is told.</summary>
    [Id(1)]
    public required ImmutableArray<ApprovalView> Waiting { get; init; }
}

/// <summary>One waiting question.</summary>
[GenerateSerializer, Immutable, Alias("approval-view")]
public sealed record ApprovalView
{
    /// <summary>Id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Relying party.</summary>
    [Id(1)]
    public required string ClientName { get; init; }

    /// <summary>Browser and coarse address.</summary>
    [Id(2)]
    public required string Place { get; init; }

    /// <summary>The ward's name, if it is for one.</summary>
    [Id(3)]
    public string? WardName { get; init; }

    /// <summary>Asked (UTC).</summary>
    [Id(4)]
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Runs out (UTC).</summary>
    [Id(5)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>What the ward would consent to, if it is about that and not about a login.</summary>
    [Id(6)]
    public string? Consent { get; init; }
}

/// <summary>An answer from a device.</summary>
[GenerateSerializer, Immutable, Alias("decide-approval-call")]
public sealed record DecideApprovalCall
{
    /// <summary>SHA-256 of the device's secret.</summary>
    [Id(0)]
    public required byte[] DeviceSecretHash { get; init; }

    /// <summary>Which question.</summary>
    [Id(1)]
    public required string ApprovalId { get; init; }

    /// <summary>True to approve.</summary>
    [Id(2)]
    public required bool Approve { get; init; }

    /// <summary>The number typed, to approve.</summary>
    [Id(3)]
    public string? Number { get; init; }
}

/// <summary>Where an approval stands.</summary>
[GenerateSerializer, Immutable, Alias("approval-state")]
public sealed record ApprovalState
{
    /// <summary><c>waiting</c>, <c>approved</c>, <c>denied</c> or <c>expired</c> (also for one that never was or was taken).</summary>
    [Id(0)]
    public required string State { get; init; }

    /// <summary>The device that approved.</summary>
    [Id(1)]
    public string? DeviceId { get; init; }

    /// <summary>The ward for whom it was given.</summary>
    [Id(2)]
    public string? Ward { get; init; }

    /// <summary>SHA-256 of the consent that was approved, lower-case hexadecimal; null for a login.</summary>
    [Id(3)]
    public string? ConsentHash { get; init; }
}

/// <summary>A session to open.</summary>
[GenerateSerializer, Immutable, Alias("open-session-call")]
public sealed record OpenSessionCall
{
    /// <summary>The factors that were checked, at least one.</summary>
    [Id(0)]
    public required ImmutableArray<CheckedFactor> Factors { get; init; }

    /// <summary>Browser and coarse address, for the holder to recognise, at most 120 characters.</summary>
    [Id(1)]
    public required string Place { get; init; }

    /// <summary>For a ward: the representative's approval, taken by the account at the representative's account.</summary>
    [Id(2)]
    public string? RepresentativeApproval { get; init; }
}

/// <summary>A relying party of a session.</summary>
[GenerateSerializer, Immutable, Alias("session-client")]
public sealed record SessionClient
{
    /// <summary>Client id.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The pairwise <c>sub</c> by which it knows the person.</summary>
    [Id(1)]
    public required string Subject { get; init; }

    /// <summary>The <c>sid</c> by which it knows the session.</summary>
    [Id(2)]
    public required string Sid { get; init; }

    /// <summary>Names its stay from entering to leaving, so that tokens of an earlier stay do not count in a later one; given by the account, null before there were names.</summary>
    [Id(3)]
    public string? Stay { get; init; }
}

/// <summary>A session that lives.</summary>
[GenerateSerializer, Immutable, Alias("eid-session-view")]
public sealed record EidSessionView
{
    /// <summary>128 random bits, base64url.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Level that counts now: what was proved, and no more than the account has.</summary>
    [Id(1)]
    public required int Level { get; init; }

    /// <summary>Last authentication (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Authentication methods (RFC 8176).</summary>
    [Id(3)]
    public required ImmutableArray<string> Amr { get; init; }

    /// <summary>Opened (UTC).</summary>
    [Id(4)]
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where it was opened.</summary>
    [Id(5)]
    public required string Place { get; init; }

    /// <summary>Relying parties in it.</summary>
    [Id(6)]
    public required ImmutableArray<SessionClient> Clients { get; init; }

    /// <summary>Roles that the person has now.</summary>
    [Id(7)]
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Ends at the latest (UTC): twelve hours after it was opened.</summary>
    [Id(8)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>True for a ward's session: what is consented to in it needs the representative's approval.</summary>
    [Id(9)]
    public bool OfWard { get; init; }

    /// <summary>Whether a token counts that a relying party got in this stay; what a token does not name (null) is not compared.</summary>
    public bool Admits(string? clientId, string? stay) =>
        Clients.Any(client => (clientId is null || client.ClientId == clientId) && (stay is null || client.Stay == stay));
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

/// <summary>That a session ended, for one relying party.</summary>
[GenerateSerializer, Immutable, Alias("logout-notice")]
public sealed record LogoutNotice
{
    /// <summary>Id; also the <c>jti</c> of the logout token.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Whom to tell, and by which names it knows person and session.</summary>
    [Id(1)]
    public required SessionClient Client { get; init; }

    /// <summary>When the session ended (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset EndedAt { get; init; }
}

/// <summary>A hand-out of identity claims to a relying party.</summary>
[GenerateSerializer, Immutable, Alias("release-claims-call")]
public sealed record ReleaseClaimsCall
{
    /// <summary>Session in whose name.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Relying party.</summary>
    [Id(1)]
    public required string ClientId { get; init; }

    /// <summary>Its name, for the ledger entry.</summary>
    [Id(2)]
    public required string ClientName { get; init; }

    /// <summary>Names of <see cref="IdentityClaims"/>, each once.</summary>
    [Id(3)]
    public required ImmutableArray<string> Claims { get; init; }
}

/// <summary>The identity claims that a relying party may be registered for.</summary>
public static class IdentityClaims
{
    /// <summary>Full name as registered.</summary>
    public const string Name = "name";

    /// <summary>Birth date, <c>yyyy-MM-dd</c> or, where only that is known, <c>yyyy</c>.</summary>
    public const string BirthDate = "birthdate";

    /// <summary><c>male</c> or <c>female</c>.</summary>
    public const string Gender = "gender";

    /// <summary>The 12-digit personal ID.</summary>
    public const string PersonalId = "personal_id";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Name, BirthDate, Gender, PersonalId];
}

/// <summary>What a relying party asks consent for.</summary>
[GenerateSerializer, Immutable, Alias("consent-proposal")]
public sealed record ConsentProposal
{
    /// <summary>System of the rule book that will receive.</summary>
    [Id(0)]
    public required string System { get; init; }

    /// <summary>Purpose code.</summary>
    [Id(1)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names, 1 to 100, each once.</summary>
    [Id(2)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Days for which the consent is to hold, 1 to 3650.</summary>
    [Id(3)]
    public required int Days { get; init; }

    /// <summary>Days for which the recipient may keep what it receives, 1 to 3650.</summary>
    [Id(4)]
    public required int DataLifeDays { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    [Id(5)]
    public required string Language { get; init; }

    /// <summary>From when the days count (UTC); null for now. Named, the same proposal is worded alike at whatever moment.</summary>
    [Id(6)]
    public DateTimeOffset? From { get; init; }
}

/// <summary>The wording of a proposal, or why it cannot be made.</summary>
[GenerateSerializer, Immutable, Alias("consent-proposal-answer")]
public sealed record ConsentProposalAnswer
{
    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(0)]
    public string? Refusal { get; init; }

    /// <summary>Organisation id of the recipient, as the consent will name it.</summary>
    [Id(1)]
    public string Recipient { get; init; } = "";

    /// <summary>Version of the text.</summary>
    [Id(2)]
    public string TextVersion { get; init; } = "";

    /// <summary>The whole text, paragraph by paragraph, separated by line feeds; this is what is hashed, shown and kept.</summary>
    [Id(3)]
    public string Text { get; init; } = "";

    /// <summary>The attributes and predicates one by one, as the page offers them.</summary>
    [Id(4)]
    public ImmutableArray<ConsentTarget> Targets { get; init; } = [];

    /// <summary>Name of the recipient for the heading.</summary>
    [Id(5)]
    public string RecipientName { get; init; } = "";

    /// <summary>The instant (UTC) at which the consent ends, as the text says by its day.</summary>
    [Id(6)]
    public DateTimeOffset ValidTo { get; init; }
}

/// <summary>One attribute or predicate of a proposal.</summary>
[GenerateSerializer, Immutable, Alias("consent-target")]
public sealed record ConsentTarget
{
    /// <summary>Path or name.</summary>
    [Id(0)]
    public required string Key { get; init; }

    /// <summary>Label in the language of the proposal.</summary>
    [Id(1)]
    public required string Label { get; init; }

    /// <summary>Whether the law counts it as sensitive.</summary>
    [Id(2)]
    public required bool Sensitive { get; init; }
}
