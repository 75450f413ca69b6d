using Platform.Domain.Citizens;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Households;

/// <summary>Marries people and gives them children, at ages that the law and nature allow.</summary>
internal sealed class Family(Dice dice, NameGroup group, PersonMaker people, DateOnly today)
{
    private const int Pregnancy = 250;
    private const int LastBirth = 43;

    private static readonly Weighted<int> ChildrenOfKinh = new([(1, 15), (2, 48), (3, 27), (4, 10)]);

    private static readonly Weighted<int> ChildrenOfOthers = new([(1, 12), (2, 30), (3, 28), (4, 18), (5, 8), (6, 4)]);

    /// <summary>The day on which somebody of that many completed years was born.</summary>
    public DateOnly BornAt(int age) => today.AddYears(-age).AddDays(-dice.Below(365));

    public Sex AnySex() => dice.Chance(522) ? Sex.Male : Sex.Female;

    public Person Single(Sex sex, int age) => people.Adult(sex, BornAt(age));

    public Person Sibling(Person of) => people.Sibling(of, Earlier(of.Born.AddDays(dice.Between(-8 * 365, 8 * 365)), today.AddYears(-16)), AnySex());

    /// <summary>A couple married by a day, on which the wife must be 20 or older.</summary>
    public (Person Husband, Person Wife) Couple(DateOnly wifeBorn, DateOnly by, Func<DateOnly, Person>? husband = null, Func<DateOnly, Person>? wife = null)
    {
        var husbandBorn = Earlier(wifeBorn.AddDays(-dice.Around(-4 * 365, 10 * 365)), by.AddYears(-22));
        var mixed = dice.Chance(50) ? NameBook.Shipped.Group(dice) : null;
        var he = husband is null ? people.Adult(Sex.Male, husbandBorn) : husband(husbandBorn);
        var she = wife is null ? people.Adult(Sex.Female, wifeBorn, mixed) : wife(wifeBorn);
        var allowed = Later(he.Born.AddYears(20), she.Born.AddYears(18)).AddDays(1);
        var married = Earlier(allowed.AddDays(dice.Around(0, 7 * 365)), by);
        (he.Spouse, she.Spouse, he.Married, she.Married, he.MaritalStatus, she.MaritalStatus) = (she, he, married, married, "married", "married");
        return (he, she);
    }

    /// <summary>Parents for a child to be made from them, married before its birth.</summary>
    public (Person Husband, Person Wife) ParentsOf(DateOnly born) =>
        Couple(born.AddYears(-dice.Around(20, 34)).AddDays(-dice.Below(365)), born.AddDays(-Pregnancy));

    /// <summary>The children who still live with them.</summary>
    public List<Person> Children(Person? father, Person mother, DateOnly from)
    {
        var home = new List<Person>();
        var born = from.AddDays(Pregnancy + dice.Below(900));
        for (var left = (group.Code == "01" ? ChildrenOfKinh : ChildrenOfOthers).Draw(dice); left > 0; left--)
        {
            if (born >= today || born > mother.Born.AddYears(LastBirth))
            {
                break;
            }

            var child = people.Child(father, mother, born, AnySex());
            if (dice.Chance(StaysAtHome(child.Age(today))))
            {
                home.Add(child);
            }

            // Now and then twins.
            born = dice.Chance(12) ? born : born.AddDays(540 + dice.Below(1600));
        }

        return home;
    }

    /// <summary>Ends a marriage by the death of one of them.</summary>
    public void Bury(Person dead, Person left, DateOnly after)
    {
        dead.Died = dice.Day(Later(after, today.AddYears(-15)), today.AddDays(-1));
        (dead.Spouse, left.Spouse, left.MaritalStatus) = (null, null, "widowed");
    }

    /// <summary>How many of a thousand people born on a day are still alive.</summary>
    public int Alive(DateOnly born) => (today.Year - born.Year) switch
    {
        < 50 => 985,
        < 60 => 950,
        < 70 => 860,
        < 80 => 650,
        < 90 => 330,
        _ => 80,
    };

    public static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    public static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static int StaysAtHome(int age) => age switch
    {
        < 18 => 1000,
        < 23 => 850,
        < 30 => 550,
        _ => 100,
    };
}
