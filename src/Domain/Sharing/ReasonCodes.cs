namespace Platform.Domain.Sharing;

/// <summary>The stable, published codes of reasons and remedies, as callers read them.</summary>
public static class ReasonCodes
{
    /// <summary>The public code of a reason; a value outside the enumeration is an <see cref="ArgumentOutOfRangeException"/>.</summary>
    public static string Code(this Reason reason) => reason switch
    {
        Reason.Permitted => "permitted",
        Reason.SystemUnknown => "system.unknown",
        Reason.SystemSuspended => "system.suspended",
        Reason.PurposeUnknown => "purpose.unknown",
        Reason.SubjectUnknown => "subject.unknown",
        Reason.SystemQuotaExhausted => "system.quota-exhausted",
        Reason.Forbidden => "rule.forbids",
        Reason.NoRule => "rule.none",
        Reason.PurposeNotCovered => "purpose.not-covered",
        Reason.OfficialMissing => "official.missing",
        Reason.IdentityLevelTooLow => "official.identity-level-too-low",
        Reason.CaseReferenceMissing => "case-reference.missing",
        Reason.CaseReferenceMalformed => "case-reference.malformed",
        Reason.OutsideArea => "area.outside",
        Reason.OutsideHours => "hours.outside",
        Reason.QuotaExhausted => "quota.exhausted",
        Reason.RelationNotMet => "relation.not-met",
        Reason.ProtectionNotMet => "protection.not-met",
        Reason.ConsentMissing => "consent.missing",
        Reason.ConsentRefused => "consent.refused",
        Reason.ConsentWithdrawn => "consent.withdrawn",
        Reason.ConsentExpired => "consent.expired",
        Reason.ConsentNotYetValid => "consent.not-yet-valid",
        Reason.ConsentExhausted => "consent.exhausted",
        Reason.ConsentWithoutEffect => "consent.without-effect",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The public code of a remedy; a value outside the enumeration is an <see cref="ArgumentOutOfRangeException"/>.</summary>
    public static string Code(this RemedyKind kind) => kind switch
    {
        RemedyKind.NameOfficial => "official.name",
        RemedyKind.UseOtherOfficial => "official.use-other",
        RemedyKind.RaiseIdentityLevel => "official.raise-identity-level",
        RemedyKind.GiveCaseReference => "case-reference.give",
        RemedyKind.UsePurpose => "purpose.use",
        RemedyKind.ObtainConsent => "consent.obtain",
        RemedyKind.WaitUntil => "time.wait",
        RemedyKind.CorrectRecord => "record.correct",
        RemedyKind.ResumeSystem => "system.resume",
        RemedyKind.RegisterSystem => "system.register",
        RemedyKind.RegisterSubject => "subject.register",
        RemedyKind.PublishRule => "rule.publish",
        RemedyKind.LiftRule => "rule.lift",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
