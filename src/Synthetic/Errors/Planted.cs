using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Synthetic.Households;

namespace Platform.Synthetic.Errors;

/// <summary>Plants at most one error in a household.</summary>
internal static class Planted
{
    private const int HouseholdsPerMille = 110;
    private const int Stream = -10;

    // An error that no record of the household can have gives way to the next one in the list.
    private static readonly (string Label, Func<Case, CitizenRecord?> Plant)[] Kinds =
    [
        (PlantedErrors.Deceased, OtherErrors.Deceased),
        (PlantedErrors.NameDiacritics, NameErrors.Diacritics),
        (PlantedErrors.NameTypo, NameErrors.Typo),
        (PlantedErrors.NameOrder, NameErrors.Order),
        (PlantedErrors.BirthFirstOfJanuary, NumberErrors.FirstOfJanuary),
        (PlantedErrors.BirthDayMonthSwap, NumberErrors.DayMonthSwap),
        (PlantedErrors.SexConflict, NumberErrors.Sex),
        (PlantedErrors.IdYearMismatch, NumberErrors.Year),
        (PlantedErrors.OldCommuneCode, OtherErrors.OldCommune),
        (PlantedErrors.TwoHeads, HouseholdErrors.TwoHeads),
        (PlantedErrors.MissingHead, HouseholdErrors.MissingHead),
        (PlantedErrors.SpouseOneSided, HouseholdErrors.SpouseOneSided),
        (PlantedErrors.AddressDiffers, HouseholdErrors.AddressDiffers),
        (PlantedErrors.DuplicateDocumentNumber, OtherErrors.DuplicateNumber),
    ];

    public static IEnumerable<ImportRow> In(SyntheticOptions options, Household household, CitizenRecord[] records)
    {
        var dice = Dice.For(options.Seed, household.Index, Stream);
        var people = household.Everybody.ToArray();
        var planted = dice.Chance(HouseholdsPerMille) ? Plant() : null;
        return records.Select((record, place) => planted is var (at, label, changed) && at == place
            ? new ImportRow { Record = changed, Label = label }
            : new ImportRow { Record = record });

        (int Place, string Label, CitizenRecord Changed)? Plant()
        {
            var (kind, first) = (household.Gone.Length > 0 ? 0 : dice.Below(Kinds.Length), dice.Below(records.Length));
            for (var next = 0; next < Kinds.Length * records.Length; next++)
            {
                var (label, plant) = Kinds[(kind + (next / records.Length)) % Kinds.Length];
                var place = (first + next) % records.Length;
                if (plant(new Case(dice, household, people[place], records[place], records, options.AsOf)) is { } changed)
                {
                    return (place, label, changed);
                }
            }

            return null;
        }
    }
}
