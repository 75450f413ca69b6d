using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Domain.Intake;

/// <summary>The canonical text of values as the catalogue types them.</summary>
internal static partial class ValueForm
{
    private const int MaxLength = 10_000;

    private static readonly SearchValues<char> Control = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>The text in NFC; empty or overlong text, control characters and half characters are refused.</summary>
    public static string Text(string text, string what, string of = "")
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength || text.AsSpan().ContainsAny(Control) || HasHalfCharacter(text))
        {
            throw new ImportRefusedException(
                ImportErrors.ValueText, $"The {what}{of} is empty, longer than {MaxLength} characters, or has control characters or half characters.");
        }

        return Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormC);
    }

    /// <summary>The value as it is stored; what does not have the attribute's type is refused.</summary>
    public static string Canonical(AttributeDefinition attribute, string value) =>
        Typed(attribute, Text(value, "value of ", attribute.Path))
        ?? throw new ImportRefusedException(ImportErrors.ValueType, $"The value of {attribute.Path} is not of the type {attribute.Type} of the catalogue.");

    /// <summary>Clean text as it is stored for the attribute, or null if it is not of its type.</summary>
    public static string? Typed(AttributeDefinition attribute, string text) => attribute.Type switch
    {
        AttributeType.Text => text,
        AttributeType.Code => IsCode(attribute, text) ? text : null,
        AttributeType.Date => IsDate(text) ? text : null,
        AttributeType.PartialDate => PartialDate.TryParse(text, out _) ? text : null,
        AttributeType.Integer => Integer().IsMatch(text) ? text : null,
        AttributeType.Decimal => Decimal().IsMatch(text) ? text : null,
        AttributeType.Boolean => text is "true" or "false" ? text : null,
        AttributeType.PersonId => PersonalId.TryParse(text, out _) ? text : null,
        AttributeType.TextList => List(text, item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0),
        AttributeType.PersonList => List(text, IsPerson),
        _ => null,
    };

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Communes are not a closed list here: people have ties to other provinces.
    private static bool IsCode(AttributeDefinition attribute, string text) => attribute.Codes is { } codes
        ? codes.Contains(text)
        : attribute.Name.EndsWith("commune", StringComparison.Ordinal) ? Commune().IsMatch(text) : OpenCode().IsMatch(text);

    private static bool IsPerson(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("fullName", out _) || !item.TryGetProperty("relation", out _))
        {
            return false;
        }

        foreach (var property in item.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String
                || property.Value.GetString() is not { Length: > 0 } text
                || property.Name is not ("fullName" or "relation" or "personalId")
                || (property.NameEquals("personalId") && !PersonalId.TryParse(text, out _)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? List(string text, Predicate<JsonElement> isItem)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().All(item => isItem(item))
                ? DomainJson.Write(document.RootElement).Normalize(NormalizationForm.FormC)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool HasHalfCharacter(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFD'))
        {
            return false;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^(0|-?[1-9][0-9]{0,17})\\z")]
    private static partial Regex Integer();

    [GeneratedRegex("^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,6})?\\z")]
    private static partial Regex Decimal();

    [GeneratedRegex("^[0-9]{5}\\z")]
    private static partial Regex Commune();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\\z")]
    private static partial Regex OpenCode();
}
