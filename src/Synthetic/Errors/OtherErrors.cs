using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Synthetic.Errors;

internal static class OtherErrors
{
    // Documents that only one person can hold under a number.
    private static readonly string[] Personal = ["healthInsurance", "socialInsurance", "drivingLicence", "vaccination", "healthRecord", "degree"];

    /// <summary>A code of the past that names nothing today.</summary>
    public static CitizenRecord? OldCommune(Case at)
    {
        var old = at.Household.Former.Code;
        return at["residence.permanent.commune"] is null || Places.Shipped.Commune(old) is not null ? null : at.With("residence.permanent.commune", old);
    }

    public static CitizenRecord? DuplicateNumber(Case at)
    {
        foreach (var kind in Personal)
        {
            var other = at.All.FirstOrDefault(record => record.PersonalId != at.Record.PersonalId && record.Documents.Any(document => document.Kind == kind));
            if (at.Find(kind) is { } own && other is not null)
            {
                return at.With(own, own with { Number = other.Documents.First(document => document.Kind == kind).Number });
            }
        }

        return null;
    }

    public static CitizenRecord? Deceased(Case at) => at.Person.Died is not null && at.Find("healthInsurance") is { } card
        ? at.With(card, card with { IssuerState = DocumentState.Valid, ValidTo = at.Today.AddDays(at.Dice.Between(40, 300)) })
        : null;
}
