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

    /// <summary>By the rule book in force, no consent could open one of the targets to the system for the purpose.</summary>
    public const string ConsentRequestPointless = "consent-request.pointless";

    /// <summary>As many requests for consent wait as may: of the system, or of all.</summary>
    public const string ConsentRequestsTooMany = "consent-request.too-many";

    /// <summary>The system made no such request for consent.</summary>
    public const string ConsentRequestUnknown = "consent-request.unknown";

    /// <summary>The request for consent no longer waits, so it cannot be taken back.</summary>
    public const string ConsentRequestEnded = "consent-request.ended";

    /// <summary>The system is suspended.</summary>
    public const string SystemSuspended = "system.suspended";

    /// <summary>No such request waits or waited for the citizen.</summary>
    public const string RequestUnknown = "request.unknown";

    /// <summary>The request was decided, taken back, or has expired.</summary>
    public const string RequestDecided = "request.decided";

    /// <summary>The text decided on is not, or no longer, the one that belongs to the request.</summary>
    public const string RequestTextChanged = "request.text-changed";

    /// <summary>What was chosen is not a part of what the request asks for.</summary>
    public const string RequestTargetsInvalid = "request.targets-invalid";

    /// <summary>The citizen holds no such document, so it cannot be shown.</summary>
    public const string PresentationDocumentUnknown = "presentation.document-unknown";

    /// <summary>What is to be shown is nothing, or not of the document.</summary>
    public const string PresentationAttributesInvalid = "presentation.attributes-invalid";

    /// <summary>As many presentations wait as may.</summary>
    public const string PresentationsTooMany = "presentation.too-many";

    /// <summary>There is no such presentation, or it can no longer be seen.</summary>
    public const string PresentationUnknown = "presentation.unknown";

    /// <summary>The presentation was shown before, which happens once.</summary>
    public const string PresentationUsed = "presentation.used";

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

    /// <summary>A report is about exactly one thing that fits its kind.</summary>
    public const string ReportSubjectAmbiguous = "report.subject-ambiguous";

    /// <summary>The record or the ledger does not have what the report is about.</summary>
    public const string ReportSubjectUnknown = "report.subject-unknown";

    /// <summary>The citizen already has as many open reports as possible.</summary>
    public const string ReportsTooMany = "report.too-many";

    /// <summary>There is no such report.</summary>
    public const string ReportUnknown = "report.unknown";

    /// <summary>The report was answered before.</summary>
    public const string ReportAnswered = "report.answered";

    /// <summary>Nobody answers their own report.</summary>
    public const string ReportOwn = "report.own";

    /// <summary>The report cannot be settled in this way.</summary>
    public const string ReportOutcomeUnfit = "report.outcome-unfit";
}
