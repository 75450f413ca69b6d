using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Errors;

/// <summary>Errors in the date of birth and the sex, which the personal ID or the term of the card give away.</summary>
internal static class NumberErrors
{
    private const string Path = "profile.birthDate";

    public static CitizenRecord? FirstOfJanuary(Case at) => at.Person.Born is { Month: 1, Day: 1 }
        ? null
        : at.With(Path, string.Create(CultureInfo.InvariantCulture, $"{at.Person.Born.Year}-01-01"));

    // Only where the card's last day, which falls on a birthday, still tells the right order.
    public static CitizenRecord? DayMonthSwap(Case at)
    {
        var born = at.Person.Born;
        return at.Person.YearOnly || born.Day > 12 || born.Day == born.Month || at["profile.cardValidTo"] is null
            ? null
            : at.With(Path, Person.Iso(new DateOnly(born.Year, born.Day, born.Month)));
    }

    public static CitizenRecord? Sex(Case at) => at.With("profile.sex", at.Person.Sex == Domain.Citizens.Sex.Male ? "2" : "1");

    // Earlier only, so that nobody is born in the future or after a wedding.
    public static CitizenRecord? Year(Case at)
    {
        var wrong = at.Person.Born.AddYears(-at.Dice.Between(1, 9));
        return at.With(Path, at.Person.YearOnly ? wrong.Year.ToString(CultureInfo.InvariantCulture) : Person.Iso(wrong));
    }
}
