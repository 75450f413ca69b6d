using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Platform.Domain.Intake;
using Platform.Domain.Text;

namespace Platform.Domain.Catalogue;

/// <summary>The one textual form of each attribute type.</summary>
public static class CanonicalText
{
    /// <summary>The longest text of a value, in characters as people count them.</summary>
    public const int MaxText = 2000;

    private const int MaxCode = 40;

    /// <summary>Whether a text is the canonical form of a value of the attribute: right type, NFC, one of its codes if it has a closed list.</summary>
    public static bool IsValid(AttributeDefinition attribute, string text) =>
        !string.IsNullOrWhiteSpace(text) && VietnameseText.IsClean(text, MaxText) && ValueForm.Typed(attribute, text) == text;

    /// <summary>Whether a text is a day of the calendar as <c>yyyy-MM-dd</c>.</summary>
    public static bool IsDay([NotNullWhen(true)] string? text) =>
        text is { Length: 10 } && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether a text has the form of a code: letters, digits, points, hyphens and underscores of ASCII, at most 40.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxCode } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
