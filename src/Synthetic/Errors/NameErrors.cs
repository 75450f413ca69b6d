using System.Globalization;
using System.Text;
using Platform.Domain.Citizens;
using Platform.Domain.Text;

namespace Platform.Synthetic.Errors;

internal static class NameErrors
{
    private const string Path = "profile.fullName";

    /// <summary>All marks gone, or one tone.</summary>
    public static CitizenRecord? Diacritics(Case at)
    {
        var name = at.Person.Name.Full;
        var changed = at.Dice.Chance(500)
            ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(VietnameseText.UnaccentedKey(name).ToLowerInvariant())
            : WithoutOneMark(at.Dice, name);
        return changed is null || VietnameseText.SameName(changed, name) || VietnameseText.UnaccentedKey(changed) != VietnameseText.UnaccentedKey(name)
            ? null
            : at.With(Path, changed);
    }

    /// <summary>Two neighbouring letters swapped, or one left out, within one word.</summary>
    public static CitizenRecord? Typo(Case at)
    {
        var name = at.Person.Name.Full;
        var place = at.Dice.Between(1, Math.Max(1, name.Length - 3));
        var (left, right) = (name[place], name[place + 1]);
        if (!char.IsAsciiLetterLower(left) || !char.IsAsciiLetterLower(right) || left == right)
        {
            return null;
        }

        var changed = at.Dice.Chance(500) ? $"{name[..place]}{right}{left}{name[(place + 2)..]}" : name.Remove(place, 1);
        return at.With(Path, changed);
    }

    public static CitizenRecord? Order(Case at)
    {
        var words = at.Person.Name.Full.Split(' ');
        var changed = string.Join(' ', words[^1..].Concat(words[..^1]));
        return words.Length < 2 || changed == at.Person.Name.Full ? null : at.With(Path, changed);
    }

    private static string? WithoutOneMark(Dice dice, string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD);
        var marks = Enumerable.Range(0, letters.Length).Where(place => CharUnicodeInfo.GetUnicodeCategory(letters[place]) == UnicodeCategory.NonSpacingMark).ToArray();
        return marks.Length == 0 ? null : letters.Remove(dice.Pick(marks), 1).Normalize(NormalizationForm.FormC);
    }
}
