namespace Platform.Domain.Intake;

/// <summary>Why a line of an import file is refused; the codes are stable.</summary>
public static class ImportErrors
{
    /// <summary>The line is longer than <see cref="ImportFile.MaxLineBytes"/>.</summary>
    public const string LineTooLong = "line.too-long";

    /// <summary>The line is not UTF-8.</summary>
    public const string LineEncoding = "line.encoding";

    /// <summary>The line is not one JSON object, or is nested too deeply.</summary>
    public const string JsonMalformed = "json.malformed";

    /// <summary>A JSON object names a property twice.</summary>
    public const string JsonDuplicate = "json.duplicate-property";

    /// <summary>A property is missing, unknown, or not of the expected form.</summary>
    public const string JsonShape = "json.shape";

    /// <summary>The header of a CSV file is missing or has a column that cannot be read; nothing of the file is.</summary>
    public const string CsvHeader = "csv.header";

    /// <summary>Quotes of a CSV record are not closed or stand where none may (RFC 4180).</summary>
    public const string CsvQuotes = "csv.quotes";

    /// <summary>A CSV record has more or fewer fields than the header.</summary>
    public const string CsvFields = "csv.fields";

    /// <summary>The personal ID is not twelve digits.</summary>
    public const string PersonalId = "personal-id.format";

    /// <summary>An attribute is not in the catalogue, or stands where it does not belong.</summary>
    public const string AttributeUnknown = "attribute.unknown";

    /// <summary>An attribute stands in the record twice.</summary>
    public const string AttributeRepeated = "attribute.repeated";

    /// <summary>A value is not of the type that the catalogue gives its attribute.</summary>
    public const string ValueType = "value.type";

    /// <summary>A text is empty, too long, or has control characters or half characters.</summary>
    public const string ValueText = "value.text";

    /// <summary>A source is not in the catalogue.</summary>
    public const string SourceUnknown = "source.unknown";

    /// <summary>A document is of no kind in the catalogue.</summary>
    public const string DocumentKind = "document.kind";

    /// <summary>A document is stated to be in a state that no issuer reports: valid, suspended or revoked.</summary>
    public const string DocumentState = "document.state";

    /// <summary>A document ends before it begins.</summary>
    public const string DocumentValidity = "document.validity";

    /// <summary>Two documents of the record have the same kind and number.</summary>
    public const string DocumentRepeated = "document.repeated";

    /// <summary>A consent contradicts itself or covers what the catalogue does not have.</summary>
    public const string Consent = "consent.content";
}
