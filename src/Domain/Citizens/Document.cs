namespace Platform.Domain.Citizens;

/// <summary>What the issuer says of a document; expiry is not stored but follows from the validity dates.</summary>
public enum DocumentState
{
    /// <summary>In force, within its validity.</summary>
    Valid = 1,

    /// <summary>Temporarily without effect.</summary>
    Suspended = 2,

    /// <summary>Withdrawn for good by the issuer.</summary>
    Revoked = 3,

    /// <summary>Past its last day of validity.</summary>
    Expired = 4,
}

/// <summary>An integrated document (Decree 69/2024): its identity, validity, attributes and provenance.</summary>
public sealed record Document
{
    /// <summary>The document kind's key in the catalogue, such as <c>drivingLicence</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The number the issuer gave it; with the kind it identifies the document within the record.</summary>
    public required string Number { get; init; }

    /// <summary>The issuing authority, as printed.</summary>
    public required string Issuer { get; init; }

    /// <summary>Date of issue, if known.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>First day of validity, if it has one.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day of validity, or null if it does not expire.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The state the issuer last reported: valid, suspended or revoked.</summary>
    public DocumentState IssuerState { get; init; } = DocumentState.Valid;

    /// <summary>Source, as-of instant and the issuer's version.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Values by the attribute's own name, such as <c>class</c>, in canonical text.</summary>
    public AttributeValues Values { get; init; } = AttributeValues.Empty;

    /// <summary>The state on a day: the issuer's word first, then the validity dates.</summary>
    public DocumentState StateOn(DateOnly day) =>
        IssuerState == DocumentState.Valid && ValidTo is { } last && day > last ? DocumentState.Expired : IssuerState;

    /// <summary>Whether the document is in force on a day.</summary>
    public bool IsValidOn(DateOnly day) => StateOn(day) == DocumentState.Valid && (ValidFrom is not { } first || day >= first);

    /// <summary>The canonical text of an intrinsic or kind-specific attribute, or null if the document does not state it.</summary>
    public string? Attribute(string name, DateOnly today) => name switch
    {
        "number" => Number,
        "issuer" => Issuer,
        "issuedOn" => Text(IssuedOn),
        "validFrom" => Text(ValidFrom),
        "validTo" => Text(ValidTo),
        "state" => StateOn(today).ToString().ToLowerInvariant(),
        _ => Values[name],
    };

    private static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
