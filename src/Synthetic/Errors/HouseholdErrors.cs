using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Synthetic.Households;

namespace Platform.Synthetic.Errors;

internal static class HouseholdErrors
{
    private const string Relation = "household.relationToHead";

    public static CitizenRecord? TwoHeads(Case at) => at[Relation] is null or "head" || at.Person.Age(at.Today) < 18 ? null : at.With(Relation, "head");

    public static CitizenRecord? MissingHead(Case at) => at[Relation] == "head" ? at.With(Relation, "other") : null;

    public static CitizenRecord? SpouseOneSided(Case at) => at.Person.Spouse is { } spouse && at.Household.Members.Contains(spouse)
        ? (at with { Record = at.Without("profile.spouseName") }).With("profile.maritalStatus", "single")
        : null;

    public static CitizenRecord? AddressDiffers(Case at)
    {
        if (at["residence.permanent.address"] is not { } right || at.Household.Members.Length < 2)
        {
            return null;
        }

        var former = Dwelling.Draw(at.Dice);
        var wrong = Dwelling.Address(at.Dice, former, Places.Shipped.Commune(former.Successor)!, at.Person.Group);
        return wrong == right ? null : at.With("residence.permanent.address", wrong);
    }
}
