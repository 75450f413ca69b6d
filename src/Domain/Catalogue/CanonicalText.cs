using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Platform.Domain.Citizens;
using Platform.Domain.Text;

namespace Platform.Domain.Catalogue;

/// <summary>The one textual form of each attribute type.</summary>
public static class CanonicalText
{
    /// <summary>The longest text of a value, in characters as people count them.</summary>
    public const int MaxText = 1000;

    private const int MaxCode = 40;
    private const int MaxItems = 100;

    /// <summary>Whether a text is the canonical form of a value of the attribute: right type, NFC, one of its codes if it has a closed list.</summary>
    public static bool IsValid(AttributeDefinition attribute, string text) => attribute.Type switch
    {
        AttributeType.Text => IsText(text),
        AttributeType.Code => attribute.Codes is { } codes ? codes.Contains(text) : IsCode(text),
        AttributeType.Date => IsDay(text),
        AttributeType.PartialDate => PartialDate.TryParse(text, out _),
        AttributeType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && whole.ToString(CultureInfo.InvariantCulture) == text,
        AttributeType.Decimal => IsDecimal(text),
        AttributeType.Boolean => text is "true" or "false",
        AttributeType.TextList => IsList(text, item => item.ValueKind == JsonValueKind.String && IsText(item.GetString())),
        AttributeType.PersonId => PersonalId.TryParse(text, out _),
        AttributeType.PersonList => IsList(text, IsPerson),
        _ => false,
    };

    /// <summary>Whether a text is a day of the calendar as <c>yyyy-MM-dd</c>.</summary>
    public static bool IsDay([NotNullWhen(true)] string? text) =>
        text is { Length: 10 } && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether a text has the form of a code: letters, digits, points, hyphens and underscores of ASCII, at most 40.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxCode } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && VietnameseText.IsClean(text, MaxText);

    private static bool IsDecimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text;

    private static bool IsPerson(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("name", out _)
        && item.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String && IsText(member.Value.GetString()));

    private static bool IsList(string text, Predicate<JsonElement> isItem)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Array
                && json.RootElement.GetArrayLength() is >= 1 and <= MaxItems
                && json.RootElement.EnumerateArray().All(item => isItem(item));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
