using Platform.Domain.Citizens;

namespace Platform.Synthetic.People;

/// <summary>Makes the people of one household.</summary>
internal sealed class PersonMaker(Dice dice, NameGroup group, DateOnly today)
{
    private const string Here = "067";
    private const string HereSinceMerger = "068";

    private readonly string _religion = group.Religion(dice);

    /// <summary>Somebody whose parents live elsewhere.</summary>
    public Person Adult(Sex sex, DateOnly born, NameGroup? other = null)
    {
        var own = other ?? group;
        var name = PersonName.Draw(dice, own, sex, null);
        return new Person
        {
            Sex = sex,
            Born = born,
            Group = own,
            Name = name,
            Registration = Registration(own, born),
            FatherName = PersonName.Draw(dice, own, Sex.Male, own.Style == NameStyle.Family ? name.Family : null).Full,
            MotherName = PersonName.Draw(dice, own, Sex.Female, own.Style == NameStyle.Clan ? name.Family : null).Full,
            Religion = _religion,
            YearOnly = YearOnly(own, born),
        };
    }

    /// <summary>A child of the couple, or of the mother alone, whose group and family name it then has.</summary>
    public Person Child(Person? father, Person mother, DateOnly born, Sex sex)
    {
        var from = father ?? mother;
        var family = from.Group.Style == NameStyle.Clan && mother.Group == from.Group ? mother.Name.Family : from.Name.Family;
        return new Person
        {
            Sex = sex,
            Born = born,
            Group = from.Group,
            Name = PersonName.Draw(dice, from.Group, sex, family),
            Registration = born >= SyntheticOptions.FirstDay || dice.Chance(920) ? Local(born) : from.Group.Home(dice),
            FatherName = father?.Name.Full ?? "",
            MotherName = mother.Name.Full,
            Religion = _religion,
            YearOnly = YearOnly(from.Group, born),
        };
    }

    /// <summary>A brother or sister of somebody whose parents live elsewhere.</summary>
    public Person Sibling(Person of, DateOnly born, Sex sex) => new()
    {
        Sex = sex,
        Born = born,
        Group = of.Group,
        Name = PersonName.Draw(dice, of.Group, sex, of.Name.Family),
        Registration = of.Registration,
        FatherName = of.FatherName,
        MotherName = of.MotherName,
        Religion = of.Religion,
        YearOnly = YearOnly(of.Group, born),
    };

    // Most of those who are grown up came with the migrations of the last decades; the younger, the likelier born here.
    private string Registration(NameGroup own, DateOnly born)
    {
        var age = today.Year - born.Year;
        var local = own.Local + (age < 25 ? 60 : age < 40 ? 30 : 0);
        return dice.Chance(Math.Min(950, local * 10)) ? Local(born) : own.Home(dice);
    }

    private static string Local(DateOnly born) => born >= SyntheticOptions.FirstDay ? HereSinceMerger : Here;

    private bool YearOnly(NameGroup own, DateOnly born) => dice.Chance((own.Code == "01", born.Year) switch
    {
        (true, < 1960) => 150,
        (true, < 1975) => 50,
        (false, < 1960) => 450,
        (false, < 1980) => 200,
        (false, < 1990) => 50,
        _ => 0,
    });
}
