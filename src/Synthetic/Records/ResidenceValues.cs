using Platform.Domain.Catalogue;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Records;

/// <summary>Residence and household; of the dead neither is open.</summary>
internal static class ResidenceValues
{
    public static void Write(Values values, Dice dice, Person person, Household household, string members, DateOnly today)
    {
        values
            .Set("residence.permanent.commune", household.Commune.Code)
            .Set("residence.permanent.address", household.Address)
            .Set("residence.permanent.since", Since(dice, person, household, today))
            .Set("residence.fileNumber", household.FileNumber)
            .Set("household.code", household.Code)
            .Set("household.relationToHead", person.Relation)
            .Set("household.headName", household.Head.Name.Full)
            .Set("household.memberCount", household.Members.Length)
            .Set("household.members", members);
        if (person.Age(today) is >= 16 and < 40 && dice.Chance(60))
        {
            Elsewhere(values, dice, person, today);
        }
        else
        {
            values.Set("residence.current.commune", household.Commune.Code).Set("residence.current.address", household.Address);
        }

        if (dice.Chance(10))
        {
            values.Set("residence.absent", true);
        }
    }

    private static DateOnly Since(Dice dice, Person person, Household household, DateOnly today)
    {
        var registered = person is { Relation: "spouse" or "child-in-law", Married: { } wedding }
            ? wedding
            : person.Born.AddDays(dice.Between(5, 60));
        return Family.Earlier(Family.Later(household.Since, registered), today);
    }

    // Temporary residence lasts two years at most and is renewed; some let it lapse.
    private static void Elsewhere(Values values, Dice dice, Person person, DateOnly today)
    {
        var former = Dwelling.Draw(dice);
        var commune = Places.Shipped.Commune(former.Successor)!;
        var address = Dwelling.Address(dice, former, commune, person.Group);
        values
            .Set("residence.temporary.commune", commune.Code)
            .Set("residence.temporary.address", address)
            .Set("residence.temporary.until", today.AddDays(dice.Between(-120, 730)))
            .Set("residence.current.commune", commune.Code)
            .Set("residence.current.address", address);
    }
}
