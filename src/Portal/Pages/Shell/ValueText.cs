using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Shell;

/// <summary>Values of the record as people read them: codes in words, dates with no more than is known, lists one in a line.</summary>
static class ValueText
{
    const int LongestPlainNumber = 4;

    public static ImmutableArray<string> Lines(Words words, string type, JsonElement value, LocalText? text) => text is not null
        ? [.. words.T(text).Split('\n')]
        : value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => Line(words, type, item))],
            _ => [Line(words, type, value)],
        };

    /// <summary>The number with all but its last four characters hidden; short ones wholly.</summary>
    public static string Masked(string number) => number.Length > 6 ? "••••" + number[^4..] : "••••";

    static string Line(Words words, string type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => words.T("Có", "Yes"),
        JsonValueKind.False => words.T("Không", "No"),
        JsonValueKind.Number => Number(words, value),
        JsonValueKind.String when type is "date" or "partialDate" => words.Date(value.GetString()!),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object when value.TryGetProperty("fullName", out var name) => name.ToString(),
        _ => value.ToString(),
    };

    // A year is no amount: groups of three begin with the fifth digit.
    static string Number(Words words, JsonElement value) =>
        value.TryGetDecimal(out var number) && value.GetRawText().Length > LongestPlainNumber ? words.Number(number)
        : value.TryGetDecimal(out var small) ? words.IsEnglish ? small.ToString(CultureInfo.InvariantCulture) : small.ToString(CultureInfo.InvariantCulture).Replace('.', ',')
        : value.GetRawText();
}
