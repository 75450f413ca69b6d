using Platform.Domain.Citizens;

namespace Platform.Synthetic.People;

/// <summary>A name in its parts; which of them a child inherits depends on the ethnic group.</summary>
internal sealed record PersonName(string Full, string Family)
{
    public static PersonName Draw(Dice dice, NameGroup group, Sex sex, string? family)
    {
        var male = sex == Sex.Male;
        var own = family ?? group.Family(dice);
        var given = group.Given(dice, male);
        return group.Style switch
        {
            NameStyle.Prefix => new PersonName((male ? "Điểu " : "Thị ") + given, own),
            NameStyle.Ma => new PersonName((male ? "K'" : "Ka ") + given, own),
            NameStyle.Clan => new PersonName($"{(male ? "Y " : "H'")}{given} {own}", own),
            _ => new PersonName(WithMiddle(own, group.Middle(dice, male), given), own),
        };
    }

    // The same syllable twice in a row is not given as a name.
    private static string WithMiddle(string family, string middle, string given) =>
        middle.EndsWith(given, StringComparison.Ordinal) ? $"{family} {middle}" : $"{family} {middle} {given}";
}
