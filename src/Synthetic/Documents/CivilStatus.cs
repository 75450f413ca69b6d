using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Synthetic.Households;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>Birth and marriage certificates; they do not expire.</summary>
internal static class CivilStatus
{
    public static void Write(Paper paper)
    {
        if (paper.Dice.Chance(paper.Age < 18 ? 970 : 180))
        {
            Birth(paper);
        }

        if (paper.Person is { Spouse: not null, Married: not null } && paper.Dice.Chance(850))
        {
            Marriage(paper);
        }
    }

    private static void Birth(Paper paper)
    {
        var person = paper.Person;
        var place = ProfileValues.Registered(person, paper.Household);
        var registered = Family.Earlier(person.Born.AddDays(paper.Dice.Between(3, 60)), paper.Last);
        var values = new Values()
            .Set("bookNumber", Book(paper.Dice, registered))
            .Set("registrationPlace", place)
            .Set("fatherName", person.FatherName)
            .Set("motherName", person.MotherName);
        paper.Write("birthCertificate", Paper.Numbered("KS" + person.SerialText, registered), Office(place), registered, values, state: DocumentState.Valid);
    }

    // Both spouses hold the same certificate, so nothing of it may depend on whose record is being written.
    private static void Marriage(Paper paper)
    {
        var (person, spouse) = (paper.Person, paper.Person.Spouse!);
        var husband = person.Sex == Sex.Male ? person : spouse;
        var married = person.Married!.Value;
        var place = married < SyntheticOptions.FirstDay
            ? $"{paper.Household.Former.Printed}, tỉnh Đắk Nông"
            : $"{ProfileValues.Capital(paper.Household.Commune.Type)} {paper.Household.Commune.Name}, tỉnh Lâm Đồng";
        var values = new Values()
            .Set("bookNumber", string.Create(CultureInfo.InvariantCulture, $"{1 + (husband.Serial % 4):00}/{married.Year}"))
            .Set("registrationPlace", place)
            .Set("spouseName", spouse.Name.Full)
            .Set("marriedOn", married);
        paper.Write(
            "marriageCertificate", Paper.Numbered("KH" + husband.SerialText, married), Office(place), married, values, state: DocumentState.Valid);
    }

    private static string Office(string place) => $"Ủy ban nhân dân {char.ToLowerInvariant(place[0])}{place[1..]}";

    private static string Book(Dice dice, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 4):00}/{day.Year}");
}
