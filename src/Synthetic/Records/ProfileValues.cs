using System.Globalization;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Records;

/// <summary>What the population database says of a person apart from residence and household.</summary>
internal static class ProfileValues
{
    private static readonly Weighted<string> BloodGroups = new([("O", 43), ("B", 30), ("A", 21), ("AB", 6)]);

    private static readonly Dictionary<string, string> Provinces = CodeLists.Shipped.Provinces.ToDictionary(province => province.Code, province => province.Name);

    public static void Write(Values values, Dice dice, Person person, Household household, DateOnly today)
    {
        var age = person.Age(today);
        var issued = CardTerms.Issued(dice, person, today);
        values
            .Set("profile.fullName", person.Name.Full)
            .Set("profile.birthDate", person.BirthDate)
            .Set("profile.sex", person.Sex == Sex.Male ? "1" : "2")
            .Set("profile.ethnicity", person.Group.Code)
            .Set("profile.religion", person.Religion)
            .Set("profile.nationality", "VN")
            .Set("profile.birthPlace", BirthPlace(dice, person, household))
            .Set("profile.birthRegistrationPlace", Registered(person, household))
            .Set("profile.hometown", Hometown(dice, person, household))
            .Set("profile.fatherName", person.FatherName)
            .Set("profile.motherName", person.MotherName)
            .Set("profile.spouseName", person.Spouse?.Name.Full)
            .Set("profile.maritalStatus", person.MaritalStatus)
            .Set("profile.deathDate", person.Died)
            .Set("profile.cardIssuedOn", issued)
            .Set("profile.cardValidTo", issued is { } day ? CardTerms.ValidTo(person, day) : null);
        if (dice.Chance(30))
        {
            values.Set("profile.otherNames", new[] { person.Group.Given(dice, person.Sex == Sex.Male) });
        }

        if (person.Born.Year < 2000 && person.Registration == "067" && dice.Chance(600))
        {
            values.Set("profile.oldIdNumbers", new[] { "245" + person.SerialText });
        }

        if (age >= 18 && dice.Chance(150))
        {
            values.Set("profile.bloodGroup", BloodGroups.Draw(dice));
        }

        if (age >= 15 && person.Died is null)
        {
            Contact(values, dice, person);
        }
    }

    /// <summary>The commune at which the birth was registered, by the name that it had then.</summary>
    public static string Registered(Person person, Household household) => person.Registration switch
    {
        "067" => $"{household.Former.Printed}, tỉnh Đắk Nông",
        "068" when person.Born >= SyntheticOptions.FirstDay => $"{Capital(household.Commune.Type)} {household.Commune.Name}, tỉnh Lâm Đồng",
        var elsewhere => Province(elsewhere),
    };

    private static string BirthPlace(Dice dice, Person person, Household household) => person.Born switch
    {
        _ when person.Registration is not ("067" or "068") => Province(person.Registration),
        { Year: > 2005 } when dice.Chance(400) => "Bệnh viện Đa khoa tỉnh Đắk Nông",
        _ => Registered(person, household),
    };

    private static string Hometown(Dice dice, Person person, Household household) =>
        person.Registration == "067" && !dice.Chance(person.Group.Local * 10) ? Province(person.Group.Home(dice)) : Registered(person, household);

    private static string Province(string code) => code is "001" or "031" or "048" or "079" or "092" ? $"Thành phố {Provinces[code]}" : $"Tỉnh {Provinces[code]}";

    public static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    private static void Contact(Values values, Dice dice, Person person)
    {
        if (dice.Chance(850))
        {
            values.Set("profile.phone", $"0{dice.Pick(["3", "5", "7", "8", "9"])}{dice.Between(10, 99)}{person.SerialText}");
        }

        if (dice.Chance(250))
        {
            values.Set("profile.email", $"{(person.Sex == Sex.Male ? "anh" : "chi")}.{person.SerialText}@example.com");
        }
    }
}
