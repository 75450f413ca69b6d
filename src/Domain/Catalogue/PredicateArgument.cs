using System.Globalization;
using Platform.Domain.Text;

namespace Platform.Domain.Catalogue;

/// <summary>The form of predicate arguments, so that evaluation need not doubt them.</summary>
public static class PredicateArgument
{
    /// <summary>The highest whole number that a predicate takes.</summary>
    public const int MaxInteger = 200;

    /// <summary>The longest text that a predicate takes, in characters as people count them.</summary>
    public const int MaxText = 200;

    /// <summary>
    /// Whether the argument has the form of the predicate's parameter: none at all, a whole number from 0 to 200 without leading zeros, a day
    /// <c>yyyy-MM-dd</c> that exists, a code, or a clean text in NFC.
    /// </summary>
    public static bool IsValid(PredicateDefinition predicate, string? argument) => predicate.Parameter switch
    {
        AttributeType.None => argument is null,
        AttributeType.Integer => argument is { Length: >= 1 and <= 3 }
            && int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= MaxInteger
            && (argument.Length == 1 || argument[0] != '0'),
        AttributeType.Date => CanonicalText.IsDay(argument),
        AttributeType.Code => CanonicalText.IsCode(argument),
        AttributeType.Text => !string.IsNullOrWhiteSpace(argument) && VietnameseText.IsClean(argument, MaxText),
        _ => false,
    };
}
