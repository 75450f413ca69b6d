namespace Platform.Contracts;

/// <summary>Stable codes of refusals that are no decisions on data.</summary>
public static class Refusals
{
    /// <summary>The province holds no record of the person.</summary>
    public const string CitizenUnknown = "citizen.unknown";

    /// <summary>The citizen's number is not in use, so consents cannot be given.</summary>
    public const string CitizenInactive = "citizen.inactive";

    /// <summary>The record has no such consent.</summary>
    public const string ConsentUnknown = "consent.unknown";

    /// <summary>The recipient is no organisation of the current rule book.</summary>
    public const string RecipientUnknown = "consent.recipient-unknown";

    /// <summary>The purpose is none of the current rule book.</summary>
    public const string PurposeUnknown = "consent.purpose-unknown";

    /// <summary>The consent's time span, limit or data life is not possible.</summary>
    public const string ConsentTermsInvalid = "consent.terms-invalid";

    /// <summary>The text that was shown is too long, or its hash is not the one given.</summary>
    public const string ConsentEvidenceMismatch = "consent.evidence-mismatch";

    /// <summary>The record already holds as many active consents as it may.</summary>
    public const string ConsentsTooMany = "consent.too-many";

    /// <summary>The operation key was used before with other content.</summary>
    public const string OperationKeyReused = "operation.key-reused";

    /// <summary>The system is not the source of this kind of document.</summary>
    public const string DocumentNotYours = "document.not-your-kind";

    /// <summary>A newer issuer version is already held.</summary>
    public const string DocumentVersionOld = "document.version-old";

    /// <summary>The same issuer version is held with other content.</summary>
    public const string DocumentVersionConflict = "document.version-conflict";

    /// <summary>The record already holds as many documents as it may.</summary>
    public const string DocumentsTooMany = "document.too-many";

    /// <summary>There is no rule book of that number.</summary>
    public const string RuleBookUnknown = "rule-book.unknown";

    /// <summary>The rule book is not valid.</summary>
    public const string RuleBookInvalid = "rule-book.invalid";

    /// <summary>The rule book is not in the state that the step needs.</summary>
    public const string RuleBookState = "rule-book.wrong-state";

    /// <summary>The step needs another person than the one who drafted it.</summary>
    public const string RuleBookSamePerson = "rule-book.same-person";

    /// <summary>The instant lies before the last lease on an older book can run out.</summary>
    public const string RuleBookTooEarly = "rule-book.too-early";

    /// <summary>The current rule book has no such system.</summary>
    public const string SystemUnknown = "system.unknown";
}
