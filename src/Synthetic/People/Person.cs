using System.Globalization;
using Platform.Domain.Citizens;

namespace Platform.Synthetic.People;

/// <summary>A person being made, before a record is written.</summary>
internal sealed class Person
{
    public required Sex Sex { get; init; }

    public required DateOnly Born { get; init; }

    public required NameGroup Group { get; init; }

    public required PersonName Name { get; init; }

    /// <summary>The province code in the personal ID: where the birth was registered.</summary>
    public required string Registration { get; init; }

    public required string FatherName { get; init; }

    public required string MotherName { get; init; }

    public required string Religion { get; init; }

    /// <summary>Whether only the year of birth is on record.</summary>
    public bool YearOnly { get; init; }

    public string Relation { get; set; } = "head";

    public string MaritalStatus { get; set; } = "single";

    public Person? Spouse { get; set; }

    public DateOnly? Married { get; set; }

    public DateOnly? Died { get; set; }

    /// <summary>Six digits that no other person of the province has.</summary>
    public int Serial { get; private set; }

    public PersonalId Id { get; private set; }

    public string SerialText => Serial.ToString("000000", CultureInfo.InvariantCulture);

    public string BirthDate => YearOnly ? Born.ToString("yyyy", CultureInfo.InvariantCulture) : Iso(Born);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Number(int serial)
    {
        Serial = serial;
        var century = ((Born.Year / 100) - 19) * 2;
        var sex = Sex == Sex.Male ? 0 : 1;
        Id = PersonalId.Parse(string.Create(CultureInfo.InvariantCulture, $"{Registration}{century + sex}{Born.Year % 100:00}{serial:000000}"));
    }

    /// <summary>Completed years on a day; of the dead, at most those they lived.</summary>
    public int Age(DateOnly day)
    {
        var last = Died is { } died && died < day ? died : day;
        return last.Year - Born.Year - (Born.AddYears(last.Year - Born.Year) > last ? 1 : 0);
    }
}
