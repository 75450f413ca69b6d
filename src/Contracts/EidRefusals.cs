namespace Platform.Contracts;

/// <summary>Stable codes of refusals around an electronic identity.</summary>
public static class EidRefusals
{
    /// <summary>Number and proof do not belong together; said alike whether or not the number has an account.</summary>
    public const string ProofWrong = "proof.wrong";

    /// <summary>The one-time code or step was used before.</summary>
    public const string ProofUsed = "proof.used";

    /// <summary>No such factor is registered.</summary>
    public const string FactorUnknown = "factor.unknown";

    /// <summary>As many factors of the kind are registered as there may be.</summary>
    public const string FactorsTooMany = "factor.too-many";

    /// <summary>There is no account.</summary>
    public const string AccountUnknown = "account.unknown";

    /// <summary>There is an account already.</summary>
    public const string AccountExists = "account.exists";

    /// <summary>The account waits for its activation.</summary>
    public const string AccountNotActivated = "account.not-activated";

    /// <summary>The account is locked.</summary>
    public const string AccountLocked = "account.locked";

    /// <summary>The account was ended.</summary>
    public const string AccountCancelled = "account.cancelled";

    /// <summary>The step does not fit the account's state.</summary>
    public const string AccountState = "account.wrong-state";

    /// <summary>The holder cannot lift this lock; the authority can.</summary>
    public const string LockNotYours = "account.lock-not-yours";

    /// <summary>The activation code is wrong, used or older than seven days.</summary>
    public const string ActivationInvalid = "activation.invalid";

    /// <summary>A person under 14 or under guardianship needs a representative with an active account of level 2.</summary>
    public const string RepresentativeNeeded = "representative.needed";

    /// <summary>The representative has not confirmed this use.</summary>
    public const string RepresentativeNotConfirmed = "representative.not-confirmed";

    /// <summary>The population record does not know the number, or it is not in use.</summary>
    public const string CitizenInactive = "citizen.inactive";

    /// <summary>The call lacks what the record of the step must say.</summary>
    public const string RecordIncomplete = "record.incomplete";

    /// <summary>No device can approve, too many questions wait, or one was denied a moment ago.</summary>
    public const string ApprovalUnavailable = "approval.unavailable";

    /// <summary>There is no such approval waiting.</summary>
    public const string ApprovalUnknown = "approval.unknown";

    /// <summary>The number typed is not the one shown; the approval was denied.</summary>
    public const string ApprovalNumberWrong = "approval.number-wrong";

    /// <summary>The account is tied to another person at the national e-ID than the one who has just logged in there.</summary>
    public const string UpstreamOtherPerson = "upstream.other-person";

    /// <summary>The session has ended.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>The session's level is too low.</summary>
    public const string LevelTooLow = "session.level-too-low";
}
