namespace Platform.Domain.Sharing;

/// <summary>Kinds of change that turn a refusal around; durable, published codes.</summary>
public enum RemedyKind
{
    /// <summary>Name the official on whose behalf the system asks.</summary>
    NameOfficial = 1,

    /// <summary>Have another official ask, one outside the citizen's household (value: the required relation).</summary>
    UseOtherOfficial = 2,

    /// <summary>The official logs in with a higher e-ID level (value: the level).</summary>
    RaiseIdentityLevel = 3,

    /// <summary>Give a case reference of the required form (value: an example; detail: the pattern).</summary>
    GiveCaseReference = 4,

    /// <summary>Ask under the purpose that fits (value: its code).</summary>
    UsePurpose = 5,

    /// <summary>Obtain the citizen's consent (value: the organisation; detail: the purpose).</summary>
    ObtainConsent = 6,

    /// <summary>Ask again at or after an instant (value: UTC, ISO 8601).</summary>
    WaitUntil = 7,

    /// <summary>The record would have to say otherwise (value: what is looked at; detail: what it would have to be).</summary>
    CorrectRecord = 8,

    /// <summary>The platform's operator resumes the system (value: the system).</summary>
    ResumeSystem = 9,

    /// <summary>A rule owner registers the system in the rule book (value: the system).</summary>
    RegisterSystem = 10,

    /// <summary>The subject's record is delivered to the province.</summary>
    RegisterSubject = 11,

    /// <summary>A rule owner publishes a rule that permits it (value: the purpose; detail: the target).</summary>
    PublishRule = 12,

    /// <summary>A rule owner publishes a book without the rule that forbids it (value: the rule).</summary>
    LiftRule = 13,
}

/// <summary>One change; all remedies of a refused target together turn the refusal around.</summary>
public sealed record Remedy(RemedyKind Kind, string? Value = null, string? Detail = null);
