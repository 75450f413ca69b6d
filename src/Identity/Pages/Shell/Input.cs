using System.Text;
using Platform.Domain.Citizens;

namespace Platform.Identity.Pages.Shell;

/// <summary>What people type, read kindly: spaces and dots between digits do not matter.</summary>
static class Input
{
    const int LongestShown = 40;
    const int LongestName = 60;

    public static string Digits(string text)
    {
        var digits = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('.' or '-' or '\u200B')));
        return digits.Length <= LongestShown ? digits : digits[..LongestShown];
    }

    public static Problem? CheckNumber(Visit visit, string typed, out PersonalId number) => PersonalId.TryParse(typed, out number)
        ? null
        : new Problem(
            visit.T("Số định danh phải gồm 12 chữ số.", "The number has twelve digits."),
            visit.T("Nhập số định danh cá nhân trên thẻ căn cước.", "Type the personal number that is on the identity card."),
            "number");

    public static Problem? CheckCode(Visit visit, string typed) => typed.Length == 6 && typed.All(char.IsAsciiDigit)
        ? null
        : new Problem(
            visit.T("Mã phải gồm 6 chữ số.", "The code has six digits."), visit.T("Nhập mã đang hiện trong ứng dụng.", "Type the code that the app shows now."), "code");

    public static Problem Blocked(Visit visit, DateTimeOffset until)
    {
        var text = RefusalTexts.Of(RefusalTexts.Blocked, visit.Language);
        visit.Http.Response.Headers.RetryAfter = until.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return text with { Next = $"{text.Next} ({LocalTime.Clock(until)})" };
    }

    /// <summary>A name that people give a device, without what would disturb a page or a log; a given one if nothing is left.</summary>
    public static string Name(string typed, string otherwise)
    {
        var clean = new StringBuilder();
        foreach (var rune in typed.Trim().EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar
                && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator)
                && clean.Length + rune.Utf16SequenceLength <= LongestName)
            {
                clean.Append(rune);
            }
        }
        var name = clean.ToString().Normalize().Trim();
        return name.Length is > 0 and <= LongestName ? name : otherwise;
    }
}
