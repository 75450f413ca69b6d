using System.Collections.Immutable;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Requests;

/// <summary>What the form of a request says.</summary>
/// <param name="Granted">Yes or no; null if neither button was pressed.</param>
/// <param name="Targets">What is ticked.</param>
/// <param name="Language">Language of the words that were shown.</param>
/// <param name="TextHash">Hash of the words that were shown.</param>
sealed record RequestForm(bool? Granted, ImmutableArray<string> Targets, string Language, string TextHash)
{
    public const string DecisionField = "decision";
    public const string TargetField = "target";
    public const string LanguageField = "language";
    public const string HashField = "textHash";

    /// <summary>As it was sent; on a page, as it was before the person logged in again.</summary>
    public static RequestForm Of(Visit visit) => new(
        visit.Field(DecisionField) switch { "grant" => true, "refuse" => false, _ => null },
        [.. visit.Fields(TargetField)],
        visit.Field(LanguageField),
        visit.Field(HashField));
}
