using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Domain.Text;

namespace Platform.Domain.Sharing;

/// <summary>Questions that are answered yes, no or unknown in the place of a value.</summary>
public static class Predicates
{
    private const int MaxAge = 200;

    /// <summary>
    /// Answers a predicate of the catalogue from a record. What the record does not state is unknown, and so is a name or an argument that cannot be
    /// read; it never throws.
    /// </summary>
    public static Answer Evaluate(CitizenRecord record, string name, string? argument, DateOnly today) => name switch
    {
        "age.atLeast" => AgeAtLeast(record, argument, today),
        "identity.matches" => IdentityMatches(record, argument),
        "residence.inCommune" => Same(record.Attribute("residence.permanent.commune"), argument),
        "household.isHead" => Same(record.Attribute("household.relationToHead"), "head"),
        _ => name.Split('.') switch
        {
            ["document", var kind, "held"] => Held(record, kind),
            ["document", var kind, "validOn"] => ValidOn(record, kind, argument),
            _ => Answer.Unknown,
        },
    };

    private static Answer AgeAtLeast(CitizenRecord record, string? argument, DateOnly today) =>
        int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= MaxAge && BirthDate(record) is { } born
            ? born.HasReachedAge(years, today)
            : Answer.Unknown;

    // Asked as NAME;DATE. Registers send names in unaccented capitals, some without blanks, so neither marks nor blanks may count.
    private static Answer IdentityMatches(CitizenRecord record, string? argument)
    {
        if (argument?.LastIndexOf(';') is not ({ } cut and > 0)
            || !PartialDate.TryParse(argument[(cut + 1)..].Trim(), out var asked)
            || Letters(argument[..cut]) is not { Length: > 0 } name
            || record.Attribute("profile.fullName") is not { } fullName
            || BirthDate(record) is not { } born)
        {
            return Answer.Unknown;
        }

        return Is(name == Letters(fullName) && SameAsFarAsKnown(asked, born));
    }

    // A day without its month cannot be written, so the parts fall away from the right.
    private static bool SameAsFarAsKnown(PartialDate left, PartialDate right) =>
        left.Year == right.Year
        && (left.Month is null || right.Month is null || left.Month == right.Month)
        && (left.Day is null || right.Day is null || left.Day == right.Day);

    // A document that its issuer withdrew for good is not held; of a kind that nobody delivered the record says nothing.
    private static Answer Held(CitizenRecord record, string kind) =>
        OfDocuments(record, kind, document => document.IssuerState != DocumentState.Revoked);

    private static Answer ValidOn(CitizenRecord record, string kind, string? argument) =>
        DateOnly.TryParseExact(argument, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? OfDocuments(record, kind, document => document.IsValidOn(day))
            : Answer.Unknown;

    private static Answer OfDocuments(CitizenRecord record, string kind, Predicate<Document> holds)
    {
        var answer = Answer.Unknown;
        foreach (var document in record.Documents)
        {
            if (document.Kind != kind)
            {
                continue;
            }

            if (holds(document))
            {
                return Answer.Yes;
            }

            answer = Answer.No;
        }

        return answer;
    }

    private static PartialDate? BirthDate(CitizenRecord record) => PartialDate.TryParse(record.Attribute("profile.birthDate"), out var date) ? date : null;

    private static string Letters(string name) => VietnameseText.UnaccentedKey(name).Replace(" ", "", StringComparison.Ordinal);

    private static Answer Same(string? stated, string? asked) => string.IsNullOrEmpty(stated) || string.IsNullOrEmpty(asked) ? Answer.Unknown : Is(stated == asked);

    private static Answer Is(bool holds) => holds ? Answer.Yes : Answer.No;
}
