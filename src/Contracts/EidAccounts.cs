using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Platform.Contracts;

/// <summary>
/// One person's electronic identity: its life cycle, factors, devices and sessions (Decree 69/2024/NĐ-CP). The grain key is the 12-digit
/// personal ID or, for a foreigner, the 12-digit e-identification number. A number without an account answers like one whose proof is wrong.
/// </summary>
[Alias("eid-account"), GrainInterfaceType("eid-account")]
public interface IEidAccountGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the account, not yet activated; the answer carries the activation code, good for seven days and told once. An account whose activation was
    /// missed is registered anew.
    /// </summary>
    [Alias("register")]
    Task<EidAnswer> Register(RegisterAccountCall call);

    /// <summary>Makes the registered account usable with its first password; the code is used up. A code that ran out or is wrong is refused and changes nothing.</summary>
    [Alias("activate")]
    Task<EidAnswer> Activate(string code, PasswordRecord password);

    /// <summary>
    /// Raises to level 2 after a check in person of face or fingerprint, recorded with who, where and when. What was added at level 1 is dropped: a
    /// password alone was enough for that.
    /// </summary>
    [Alias("raise-level")]
    Task<EidAnswer> RaiseLevel(RaiseLevelCall call);

    /// <summary>Takes level 2 away; sessions go on at level 1.</summary>
    [Alias("lower-level")]
    Task<EidAnswer> LowerLevel(AuthorityCall call);

    /// <summary>Locks the account at the holder's or the authority's word and ends every session. Locking again changes nothing.</summary>
    [Alias("lock")]
    Task<EidAnswer> Lock(LockCall call);

    /// <summary>Unlocks; a lock by the authority, or for death, is not lifted at the holder's word.</summary>
    [Alias("unlock")]
    Task<EidAnswer> Unlock(LockCall call);

    /// <summary>Ends the account for good; the number keeps its history and may be registered anew only by the authority.</summary>
    [Alias("cancel")]
    Task<EidAnswer> Cancel(AuthorityCall call);

    /// <summary>
    /// Takes every factor, device and session away after a check in person and gives a new activation code, good for seven days: for whoever has lost
    /// password or device, or the first code. The holder's own lock falls with them; a lock by the authority or for death is refused.
    /// </summary>
    [Alias("reset-factors")]
    Task<EidAnswer> ResetFactors(RaiseLevelCall check);

    /// <summary>
    /// Puts the person under a representative, or under another one; null makes the account the person's own, at 14 or when guardianship has ended.
    /// Every session ends.
    /// </summary>
    [Alias("set-representative")]
    Task<EidAnswer> SetRepresentative(string? representative, AuthorityCall call);

    /// <summary>
    /// Looks at the citizen's record because it no longer says that the number is in use: then the account is locked and its sessions end. Told at most
    /// once, to be early; whatever is asked of the account later looks itself.
    /// </summary>
    [Alias("check-record"), OneWay]
    Task CheckRecord();

    /// <summary>Replaces the official roles of the person; empty takes all away.</summary>
    [Alias("set-roles")]
    Task<EidAnswer> SetRoles(ImmutableArray<string> roles, AuthorityCall call);

    /// <summary>Everything about the account that its holder may see, no secret among it; null if there is none.</summary>
    [Alias("get-account")]
    Task<EidAccountView?> GetAccount();

    /// <summary>What a password must be hashed with before <see cref="VerifyPassword"/>; random for a number without an account.</summary>
    [Alias("get-password-parameters")]
    Task<PasswordParameters> GetPasswordParameters();

    /// <summary>Compares the Argon2id output in constant time; only a right one is told that the account is locked, cancelled or not activated.</summary>
    [Alias("verify-password")]
    Task<EidAnswer> VerifyPassword(byte[] hash);

    /// <summary>Replaces the password; all sessions but the named one end.</summary>
    [Alias("set-password")]
    Task<EidAnswer> SetPassword(PasswordRecord password, string? keepSession);

    /// <summary>Makes a secret for an authenticator app (RFC 6238: SHA-1, 30 s, 6 digits); it counts from <see cref="ConfirmTotp"/> on.</summary>
    [Alias("begin-totp")]
    Task<EidAnswer> BeginTotp();

    /// <summary>Registers the authenticator app once it has shown a right code.</summary>
    [Alias("confirm-totp")]
    Task<EidAnswer> ConfirmTotp(string code, string deviceName);

    /// <summary>Accepts a code of this, the last or the next step, each step once.</summary>
    [Alias("verify-totp")]
    Task<EidAnswer> VerifyTotp(string code);

    /// <summary>Adds a passkey that has just been created.</summary>
    [Alias("add-passkey")]
    Task<EidAnswer> AddPasskey(PasskeyRecord passkey);

    /// <summary>The registered passkeys, to check an assertion against.</summary>
    [Alias("get-passkeys")]
    Task<ImmutableArray<PasskeyRecord>> GetPasskeys();

    /// <summary>Records a checked use; a signature counter that did not grow (unless it is always zero) is refused.</summary>
    [Alias("use-passkey")]
    Task<EidAnswer> UsePasskey(byte[] credentialId, long signCount, bool backedUp);

    /// <summary>Makes ten new recovery codes in the place of all earlier ones; told once.</summary>
    [Alias("issue-recovery-codes")]
    Task<EidAnswer> IssueRecoveryCodes();

    /// <summary>Accepts a recovery code, each once.</summary>
    [Alias("use-recovery-code")]
    Task<EidAnswer> UseRecoveryCode(string code);

    /// <summary>Registers a device that approves logins; only the digest of its secret is kept.</summary>
    [Alias("add-device")]
    Task<EidAnswer> AddDevice(AddDeviceCall call);

    /// <summary>Removes an authenticator app, passkey or approving device by its id; sessions that were opened with it end.</summary>
    [Alias("remove-device")]
    Task<EidAnswer> RemoveDevice(string deviceId);

    /// <summary>Asks the approving devices; at most three wait at once, each for three minutes, and after a denial none for five minutes.</summary>
    [Alias("start-approval")]
    Task<EidAnswer> StartApproval(StartApprovalCall call);

    /// <summary>What waits for the device with this secret (SHA-256); null if no registered device has it.</summary>
    [Alias("get-approvals")]
    Task<ApprovalsView?> GetApprovals(byte[] deviceSecretHash);

    /// <summary>Approves with the number that the other screen shows, or denies; a wrong number denies.</summary>
    [Alias("decide-approval")]
    Task<EidAnswer> DecideApproval(DecideApprovalCall call);

    /// <summary>Where an approval stands; an approved one is told once, then it is used up.</summary>
    [Alias("take-approval")]
    Task<ApprovalState> TakeApproval(string approvalId);

    /// <summary>
    /// Ties the account to the same person at the national e-ID, once; makes the account where there is none, and raises it to the level that was vouched
    /// for, unless the authority has taken level 2 away since the last check. Another person there under the same number is refused.
    /// </summary>
    [Alias("link-upstream")]
    Task<EidAnswer> LinkUpstream(UpstreamIdentity identity);

    /// <summary>Opens a session with the factors that were checked; its level is 2 only with level 2 of the account and two kinds of factor, one on a registered device.</summary>
    [Alias("open-session")]
    Task<EidAnswer> OpenSession(OpenSessionCall call);

    /// <summary>Adds freshly checked factors to a session: authentication time and level rise.</summary>
    [Alias("step-up")]
    Task<EidAnswer> StepUp(string sessionId, ImmutableArray<CheckedFactor> factors);

    /// <summary>
    /// The session as it stands at this instant, read against storage, so that no other activation's change is missed; null if it has ended or
    /// never was. Death or cancellation in the citizen's record locks the account here, and a ward's sessions end when the representative's account
    /// is no longer active and of level 2.
    /// </summary>
    [Alias("check-session")]
    Task<EidSessionView?> CheckSession(string sessionId);

    /// <summary>Enters a relying party into the session, so that it is told of the end; one that is in already goes on with its stay. False if the session has ended.</summary>
    [Alias("join-session")]
    Task<bool> JoinSession(string sessionId, SessionClient client);

    /// <summary>Takes a relying party out of a session: its tokens no longer count, not even when it enters again, and it is not told of the end.</summary>
    [Alias("leave-session")]
    Task LeaveSession(string sessionId, string clientId);

    /// <summary>Ends one session; its relying parties are told. Ending again changes nothing.</summary>
    [Alias("end-session")]
    Task EndSession(string sessionId, string reason);

    /// <summary>Ends all sessions but the named one.</summary>
    [Alias("end-sessions")]
    Task EndSessions(string reason, string? keepSession);

    /// <summary>Writes a login that was refused into the holder's history; for a number without an account nothing happens.</summary>
    [Alias("note-refusal"), OneWay]
    Task NoteRefusal(string kind, string place);

    /// <summary>Which of the person's identity claims the holder lets a relying party have; empty if it was never asked.</summary>
    [Alias("get-approved-claims")]
    Task<ImmutableArray<string>> GetApprovedClaims(string clientId);

    /// <summary>Records that the holder lets a relying party have exactly these claims; none takes the approval back.</summary>
    [Alias("approve-claims")]
    Task<EidAnswer> ApproveClaims(string sessionId, string clientId, ImmutableArray<string> claims);

    /// <summary>
    /// Hands out identity claims (Law 26/2023/QH15 art. 3.13) that the holder has approved, after an entry in the citizen's ledger; null if the
    /// session has ended. A claim that was not approved or has no value is left out.
    /// </summary>
    [Alias("release-claims")]
    Task<ImmutableDictionary<string, string>?> ReleaseClaims(ReleaseClaimsCall call);

    /// <summary>What the citizen would be asked to consent to, worded for people from the rule book in force; a proposal that breaks a rule is refused.</summary>
    [Alias("describe-consent")]
    Task<ConsentProposalAnswer> DescribeConsent(ConsentProposal proposal);

    /// <summary>Records the decision in the citizen's record, if the session lives and has level 2; a ward gives none without the representative's approval of it.</summary>
    [Alias("decide-consent-in-session")]
    Task<ConsentAnswer> DecideConsent(string sessionId, ConsentCall call);
}

/// <summary>
/// Relying parties that must be told that a session ended (OpenID Connect Back-Channel Logout). One grain, key <see cref="Key"/>; what it holds
/// survives restarts until it was delivered or given up.
/// </summary>
[Alias("eid-logouts"), GrainInterfaceType("eid-logouts")]
public interface IEidLogouts : IGrainWithIntegerKey
{
    /// <summary>The only key.</summary>
    public const long Key = 0;

    /// <summary>Adds notices; written before the session's end is, so none is lost.</summary>
    [Alias("add")]
    Task Add(ImmutableArray<LogoutNotice> notices);

    /// <summary>How long after a session's end its relying parties are tried.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(2);

    /// <summary>Hands out up to <paramref name="count"/> notices that are due and lets nobody else have them for the lease.</summary>
    [Alias("take")]
    Task<ImmutableArray<LogoutNotice>> Take(int count, TimeSpan lease);

    /// <summary>Forgets what was delivered.</summary>
    [Alias("delivered")]
    Task Delivered(ImmutableArray<Guid> notices);

    /// <summary>Keeps what failed for later: after 5 s, then doubling to 15 min, until two hours have passed.</summary>
    [Alias("failed")]
    Task Failed(ImmutableArray<Guid> notices);
}

/// <summary>
/// Proofs of possession (DPoP, RFC 9449) that one key has shown to the API, whichever instance they reached. The grain key is the key's
/// thumbprint (RFC 7638). A proof must carry the nonce that this activation gave out, so nothing needs to be stored to refuse every second use.
/// </summary>
[Alias("dpop-proofs"), GrainInterfaceType("dpop-proofs")]
public interface IDpopProofs : IGrainWithStringKey
{
    /// <summary>Takes a proof's <c>jti</c> and <c>nonce</c>.</summary>
    [Alias("use")]
    Task<DpopProofAnswer> Use(string id, string? nonce);
}

/// <summary>Whether a proof may be used; the nonce to use from now on.</summary>
[GenerateSerializer, Immutable, Alias("dpop-proof-answer")]
public sealed record DpopProofAnswer
{
    /// <summary>True if this is the first use and the nonce was current.</summary>
    [Id(0)]
    public required bool Accepted { get; init; }

    /// <summary>True if only the nonce was missing or old: the client makes a new proof with <see cref="Nonce"/>.</summary>
    [Id(1)]
    public required bool NonceNeeded { get; init; }

    /// <summary>The nonce for the next proof.</summary>
    [Id(2)]
    public required string Nonce { get; init; }
}

/// <summary>The outcome of one step on an account.</summary>
[GenerateSerializer, Immutable, Alias("eid-answer")]
public sealed record EidAnswer
{
    /// <summary>A code of <see cref="EidRefusals"/>, or null.</summary>
    [Id(0)]
    public string? Refusal { get; init; }

    /// <summary>What the step made and tells once: activation code, TOTP secret (Base32), approval id or session id.</summary>
    [Id(1)]
    public string? Secret { get; init; }

    /// <summary>Recovery codes.</summary>
    [Id(2)]
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>The session, where the step made or changed one.</summary>
    [Id(3)]
    public EidSessionView? Session { get; init; }
}
