using System.Text.RegularExpressions;

namespace Platform.Domain.Citizens;

/// <summary>Hides personal numbers in texts that people wrote, for readers who may know the matter and not the number.</summary>
public static partial class PersonalIdMask
{
    /// <summary>The text with every twelve digits in a row, also in groups, cut to the first three and last four.</summary>
    public static string Apply(string text) => TwelveDigits().Replace(text, match =>
    {
        var digits = match.Value.Where(char.IsAsciiDigit).ToArray().AsSpan();
        return string.Concat(digits[..3], "*****", digits[^4..]);
    });

    // Groups as people write them; case references and dates are grouped otherwise.
    [GeneratedRegex(
        @"(?<![0-9])(?:[0-9]{12}|[0-9]{3}([ .\-])[0-9]{3}\1[0-9]{3}\1[0-9]{3}|[0-9]{4}([ .\-])[0-9]{4}\2[0-9]{4}|[0-9]{6}[ .\-][0-9]{6})(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex TwelveDigits();
}
