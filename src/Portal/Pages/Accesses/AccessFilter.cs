using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Accesses;

/// <summary>Which accesses are wanted; in addresses here as in those of the API.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Organisation">Key of an organisation.</param>
/// <param name="Outcome">How it ended.</param>
public sealed partial record AccessFilter(string? Month, string? Organisation, string? Outcome)
{
    static readonly ImmutableArray<string> Outcomes = ["permitted", "partlyPermitted", "denied"];

    public bool IsEmpty => this is { Month: null, Organisation: null, Outcome: null };

    /// <summary>What the address asks for; what nobody could mean is left out.</summary>
    internal static AccessFilter Of(Visit visit) => new(
        MonthText().IsMatch(visit.Query("month")) ? visit.Query("month") : null,
        visit.Query("organisation") is { Length: > 0 } organisation ? organisation : null,
        Outcomes.Contains(visit.Query("outcome")) ? visit.Query("outcome") : null);

    /// <summary>Where a page begins; null for the newest.</summary>
    internal static long? Before(Visit visit) =>
        long.TryParse(visit.Query("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before > 0 ? before : null;

    /// <summary>A path with this filter.</summary>
    public string At(string path, long? before = null, int? count = null)
    {
        (string Name, string? Value)[] all =
        [
            ("month", Month),
            ("organisation", Organisation),
            ("outcome", Outcome),
            ("before", before?.ToString(CultureInfo.InvariantCulture)),
            ("count", count?.ToString(CultureInfo.InvariantCulture)),
        ];
        var query = string.Join('&', all.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    [GeneratedRegex("^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    private static partial Regex MonthText();
}
