using Platform.Synthetic.People;

namespace Platform.Synthetic.Records;

/// <summary>Identity cards: exchanged at 14, 25, 40 and 60; one issued within two years before such an age is good until the next.</summary>
internal static class CardTerms
{
    private static readonly int[] Ages = [14, 25, 40, 60];

    // The chip card came in 2021, and older cards have been exchanged since.
    private static readonly DateOnly FirstChipCard = new(2021, 1, 1);

    /// <summary>The day of issue, or null for those who have no card.</summary>
    public static DateOnly? Issued(Dice dice, Person person, DateOnly today)
    {
        var last = person.Died ?? today.AddDays(-1);
        var first = person.Born.AddYears(14) > FirstChipCard ? person.Born.AddYears(14) : FirstChipCard;
        return first < last && dice.Chance(930) ? dice.Day(first, last) : null;
    }

    /// <summary>The last day of validity, or null if the card is good for life.</summary>
    public static DateOnly? ValidTo(Person person, DateOnly issued)
    {
        var born = person.YearOnly ? new DateOnly(person.Born.Year, 12, 31) : person.Born;
        var age = Array.Find(Ages, age => born.AddYears(age) > issued.AddYears(2));
        return age == 0 ? null : born.AddYears(age);
    }
}
