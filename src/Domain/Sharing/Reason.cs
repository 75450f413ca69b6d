namespace Platform.Domain.Sharing;

/// <summary>Why a target was released or withheld; durable, published codes.</summary>
public enum Reason
{
    /// <summary>A rule permits it.</summary>
    Permitted = 1,

    /// <summary>The rule book has no such system.</summary>
    SystemUnknown = 10,

    /// <summary>The system is suspended.</summary>
    SystemSuspended = 11,

    /// <summary>The rule book has no such purpose.</summary>
    PurposeUnknown = 12,

    /// <summary>The province holds no record of the subject.</summary>
    SubjectUnknown = 13,

    /// <summary>The system has had all the releases of its day.</summary>
    SystemQuotaExhausted = 14,

    /// <summary>A rule forbids it.</summary>
    Forbidden = 20,

    /// <summary>No rule lets this system have it under any purpose.</summary>
    NoRule = 21,

    /// <summary>Rules exist for the system, but not under this purpose.</summary>
    PurposeNotCovered = 22,

    /// <summary>An official must be named.</summary>
    OfficialMissing = 30,

    /// <summary>The official's e-ID level is too low or not stated.</summary>
    IdentityLevelTooLow = 31,

    /// <summary>A case reference must be given.</summary>
    CaseReferenceMissing = 32,

    /// <summary>The case reference is not of the required form.</summary>
    CaseReferenceMalformed = 33,

    /// <summary>The rule does not hold for the citizen's commune.</summary>
    OutsideArea = 34,

    /// <summary>Outside the hours in which the rule holds.</summary>
    OutsideHours = 35,

    /// <summary>The quota of the period is used up.</summary>
    QuotaExhausted = 36,

    /// <summary>The official does not stand to the citizen as the rule requires.</summary>
    RelationNotMet = 37,

    /// <summary>The citizen's protection is not as the rule requires.</summary>
    ProtectionNotMet = 38,

    /// <summary>The citizen has given no consent for it.</summary>
    ConsentMissing = 40,

    /// <summary>The citizen refused.</summary>
    ConsentRefused = 41,

    /// <summary>The citizen withdrew the consent.</summary>
    ConsentWithdrawn = 42,

    /// <summary>The consent has run out.</summary>
    ConsentExpired = 43,

    /// <summary>The consent does not count yet.</summary>
    ConsentNotYetValid = 44,

    /// <summary>The consent was used as often as it allows.</summary>
    ConsentExhausted = 45,

    /// <summary>Consent has no effect because the citizen's number is not in use (such as after death).</summary>
    ConsentWithoutEffect = 46,
}
