using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Households;

/// <summary>Makes one household: who belongs to it, how they are related, and where they live.</summary>
internal sealed class HouseholdMaker
{
    private static readonly Weighted<Action<HouseholdMaker>> Shapes = new(
    [
        (maker => maker.Alone(), 7),
        (maker => maker.Pair(), 10),
        (maker => maker.Parents(), 58),
        (maker => maker.LoneParent(), 8),
        (maker => maker.ThreeGenerations(), 13),
        (maker => maker.GrandparentsAndGrandchild(), 2),
    ]);

    private readonly Dice _dice;
    private readonly DateOnly _today;
    private readonly NameGroup _group;
    private readonly PersonMaker _people;
    private readonly Family _family;
    private readonly List<Person> _members = [];
    private readonly List<Person> _gone = [];

    private HouseholdMaker(Dice dice, DateOnly today)
    {
        (_dice, _today) = (dice, today);
        _group = NameBook.Shipped.Group(dice);
        _people = new PersonMaker(dice, _group, today);
        _family = new Family(dice, _group, _people, today);
    }

    private DateOnly LatestWedding => _today.AddDays(-30);

    /// <summary>The household of an index, or a smaller one of one or two people if there is no room for it.</summary>
    public static Household Make(SyntheticOptions options, long index, int room)
    {
        var maker = new HouseholdMaker(Dice.For(options.Seed, index, 0), options.AsOf);
        Shapes.Draw(maker._dice)(maker);
        maker.Guest();
        if (maker._members.Count + maker._gone.Count > room)
        {
            maker = new HouseholdMaker(Dice.For(options.Seed, index, 0), options.AsOf);
            maker.Small(room);
        }

        return maker.Settle(index);
    }

    private void Small(int room)
    {
        if (room > 1)
        {
            Pair();
        }
        else
        {
            Alone();
        }
    }

    private void Alone()
    {
        var person = _family.Single(_family.AnySex(), _dice.Around(20, 82));
        person.MaritalStatus = person.Age(_today) > 45 && _dice.Chance(500) ? "divorced" : "single";
        _members.Add(person);
    }

    private void Pair()
    {
        var age = _dice.Chance(450) ? _dice.Between(20, 29) : _dice.Around(44, 78);
        Add(_family.Couple(_family.BornAt(age), LatestWedding));
        Head(_members[0], _members[1], "spouse");
    }

    private void Parents()
    {
        var couple = _family.Couple(_family.BornAt(MotherAge()), LatestWedding);
        Add(couple);
        Head(couple.Husband, couple.Wife, "spouse");
        Add(_family.Children(couple.Husband, couple.Wife, couple.Wife.Married!.Value), "child");
    }

    private void LoneParent()
    {
        var (father, mother) = _family.Couple(_family.BornAt(_dice.Around(22, 62)), LatestWedding);
        var unmarried = _dice.Chance(120);
        var children = _family.Children(unmarried ? null : father, mother, mother.Married!.Value);
        var (stays, leaves) = unmarried || _dice.Chance(750) ? (mother, father) : (father, mother);
        if (unmarried)
        {
            (mother.Spouse, mother.Married, mother.MaritalStatus) = (null, null, "single");
        }
        else if (_dice.Chance(500))
        {
            _family.Bury(leaves, stays, children.Count == 0 ? mother.Married!.Value : children[^1].Born);
            Remember(leaves);
        }
        else
        {
            (stays.Spouse, stays.MaritalStatus) = (null, "divorced");
        }

        _members.Add(stays);
        Add(children, "child");
    }

    private void ThreeGenerations()
    {
        var fathers = _dice.Chance(650);
        (Person Husband, Person Wife) old = default;
        Person Child(DateOnly born, Sex sex)
        {
            old = _family.ParentsOf(born);
            return _people.Child(old.Husband, old.Wife, born, sex);
        }

        var couple = _family.Couple(
            _family.BornAt(_dice.Around(20, 48)),
            LatestWedding,
            fathers ? born => Child(born, Sex.Male) : null,
            fathers ? null : born => Child(born, Sex.Female));
        var children = _family.Children(couple.Husband, couple.Wife, couple.Wife.Married!.Value);
        var elders = Survivors(old, couple.Husband.Born > couple.Wife.Born ? couple.Husband.Born : couple.Wife.Born);
        var (own, inLaw) = fathers ? couple : (couple.Wife, couple.Husband);
        _members.AddRange([.. elders, couple.Husband, couple.Wife]);
        if (_dice.Chance(350))
        {
            elders.ForEach(elder => elder.Relation = elder == elders[0] ? "head" : "spouse");
            (own.Relation, inLaw.Relation) = ("child", "child-in-law");
            Add(children, "grandchild");
            return;
        }

        Head(couple.Husband, couple.Wife, "spouse");
        elders.ForEach(elder => elder.Relation = own.Relation == "head" ? "parent" : "parent-in-law");
        Add(children, "child");
    }

    private void GrandparentsAndGrandchild()
    {
        var parentBorn = _family.BornAt(_dice.Between(28, 42));
        var old = _family.ParentsOf(parentBorn);
        var parent = _people.Child(old.Husband, old.Wife, parentBorn, Sex.Male);
        var away = _family.Couple(parentBorn.AddDays(_dice.Between(0, 4 * 365)), LatestWedding, _ => parent);
        var elders = Survivors(old, parentBorn);
        elders.ForEach(elder => elder.Relation = elder == elders[0] ? "head" : "spouse");
        _members.AddRange(elders);
        var children = _family.Children(away.Husband, away.Wife, away.Wife.Married!.Value).Where(child => child.Age(_today) < 18).Take(2);
        Add(children, "grandchild");
    }

    // At least one of the grandparents lives; a late one may still be on record.
    private List<Person> Survivors((Person Husband, Person Wife) old, DateOnly childBorn)
    {
        var (he, she) = old;
        if (_dice.Chance(_family.Alive(he.Born)) && _dice.Chance(_family.Alive(she.Born)))
        {
            return _dice.Chance(700) ? [he, she] : [she, he];
        }

        var (left, dead) = _dice.Chance(720) ? (she, he) : (he, she);
        _family.Bury(dead, left, childBorn);
        Remember(dead);
        return [left];
    }

    private void Remember(Person dead)
    {
        if (_dice.Chance(450))
        {
            _gone.Add(dead);
        }
    }

    // Brothers and sisters only beside a head whose parents are not there, so that every relation stays plain.
    private void Guest()
    {
        var chance = _dice.Below(1000);
        var head = _members.Find(member => member.Relation == "head")!;
        if (chance < 15)
        {
            var lodger = _family.Single(_family.AnySex(), _dice.Around(18, 50));
            lodger.Relation = "lodger";
            _members.Add(lodger);
        }
        else if (chance < 45 && head.Age(_today) < 60 && _members.TrueForAll(member => member.Relation is "head" or "spouse" or "child"))
        {
            var sibling = _family.Sibling(head);
            sibling.Relation = "sibling";
            _members.Add(sibling);
        }
    }

    private void Head(Person husband, Person wife, string other)
    {
        var (head, partner) = _dice.Chance(730) ? (husband, wife) : (wife, husband);
        (head.Relation, partner.Relation) = ("head", other);
    }

    private void Add((Person Husband, Person Wife) couple) => _members.AddRange([couple.Husband, couple.Wife]);

    private void Add(IEnumerable<Person> children, string relation)
    {
        foreach (var child in children)
        {
            child.Relation = relation;
            _members.Add(child);
        }
    }

    private int MotherAge() => _dice.Chance(700) ? _dice.Around(20, 50) : _dice.Between(30, 58);

    private Household Settle(long index)
    {
        var former = Dwelling.Draw(_dice);
        var commune = Places.Shipped.Commune(former.Successor)!;
        var head = _members.Find(member => member.Relation == "head")!;
        var since = _dice.Chance(880)
            ? _dice.Day(Family.Earlier(Family.Later(head.Born.AddYears(16), new DateOnly(2004, 1, 1)), SyntheticOptions.FirstDay), SyntheticOptions.FirstDay)
            : _dice.Day(SyntheticOptions.FirstDay, _today);
        var address = Dwelling.Address(_dice, former, commune, _group);
        return new Household(index, [.. _members], [.. _gone], former, commune, address, since, _dice.Chance(_group.Code == "01" ? 40 : 200));
    }
}
