using System.Globalization;
using Platform.Domain.Citizens;

namespace Platform.Domain.Intake;

/// <summary>Reads the cells of a CSV record.</summary>
internal static class CsvValue
{
    public static PersonalId Id(string? text) => PersonalId.TryParse(text, out var id)
        ? id
        : throw new ImportRefusedException(ImportErrors.PersonalId, "The personal ID is not twelve digits.");

    public static bool Truth(string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ImportRefusedException(ImportErrors.ValueType, "The value of protected is neither true nor false."),
    };

    // Without the column nothing is claimed about when the values held.
    public static DateTimeOffset Instant(string? text) => text is null
        ? DateTimeOffset.UnixEpoch
        : DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new ImportRefusedException(ImportErrors.ValueType, "The value of asOf is not an instant.");

    /// <summary>A member of an enumeration by the name it has in JSON.</summary>
    public static T Choice<T>(string? text, T absent, string what) where T : struct, Enum
    {
        if (text is null)
        {
            return absent;
        }

        var name = Array.Find(Enum.GetNames<T>(), name => char.ToLowerInvariant(name[0]) == text[0] && name[1..] == text[1..]);
        return name is null ? throw new ImportRefusedException(ImportErrors.ValueType, $"The value of {what} is not one of the list.") : Enum.Parse<T>(name);
    }

    public static Document Document(string kind, Dictionary<string, string> cells, Provenance provenance) => new()
    {
        Kind = kind,
        Number = Needed(kind, cells, "number"),
        Issuer = Needed(kind, cells, "issuer"),
        IssuedOn = Day(kind, cells, "issuedOn"),
        ValidFrom = Day(kind, cells, "validFrom"),
        ValidTo = Day(kind, cells, "validTo"),
        IssuerState = Choice(cells.Remove("state", out var state) ? state : null, DocumentState.Valid, $"document.{kind}.state"),
        Provenance = provenance,
        Values = AttributeValues.From(cells),
    };

    private static string Needed(string kind, Dictionary<string, string> cells, string name) => cells.Remove(name, out var text)
        ? text
        : throw new ImportRefusedException(ImportErrors.ValueText, $"The value of document.{kind}.{name} is missing.");

    private static DateOnly? Day(string kind, Dictionary<string, string> cells, string name)
    {
        if (!cells.Remove(name, out var text))
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ImportRefusedException(ImportErrors.ValueType, $"The value of document.{kind}.{name} is not a date.");
    }
}
