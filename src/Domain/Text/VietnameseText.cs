using System.Globalization;
using System.Text;

namespace Platform.Domain.Text;

/// <summary>Comparison keys for Vietnamese and ethnic-minority names (TCVN 6909:2001; both tone placements are in official use).</summary>
public static class VietnameseText
{
    private const string ToneMarks = "\u0300\u0301\u0303\u0309\u0323";

    /// <summary>
    /// The text in Unicode NFC with look-alikes of đ repaired, apostrophe variants as U+0027, single blanks and no invisible characters; what is
    /// no Unicode becomes U+FFFD.
    /// </summary>
    public static string Normalize(string text)
    {
        var repaired = new StringBuilder(text.Length);
        var blank = false;
        foreach (var letter in Repaired(text))
        {
            if (char.IsWhiteSpace(letter))
            {
                blank = true;
                continue;
            }

            if (blank && repaired.Length > 0)
            {
                repaired.Append(' ');
            }

            blank = false;
            repaired.Append(letter);
        }

        // Taking an invisible character out can bring a letter and its mark together.
        return repaired.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>A key equal for spellings of the same name: letter case and the place of the tone mark (hòa, hoà) do not matter, the tone does.</summary>
    public static string ToneKey(string text)
    {
        var key = new StringBuilder(text.Length + 8);
        var tones = new StringBuilder();
        foreach (var word in Normalize(text).ToLowerInvariant().Split(' '))
        {
            foreach (var letter in word.Normalize(NormalizationForm.FormD))
            {
                (ToneMarks.Contains(letter, StringComparison.Ordinal) ? tones : key).Append(letter);
            }

            // Words are written together in some names, so a word can carry several tones; their order counts.
            key.Append('/').Append(tones).Append(' ');
            tones.Clear();
        }

        return key.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Upper-case letters and digits without any marks, words separated by one blank; for finding candidates only, as many names share it.</summary>
    public static string UnaccentedKey(string text)
    {
        var key = new StringBuilder(text.Length);
        var blank = false;
        foreach (var letter in Normalize(text).ToUpperInvariant().Normalize(NormalizationForm.FormD))
        {
            blank |= letter == ' ';
            if (!char.IsLetterOrDigit(letter))
            {
                continue;
            }

            if (blank && key.Length > 0)
            {
                key.Append(' ');
            }

            blank = false;
            key.Append(letter switch
            {
                'Đ' => 'D',
                'Ƀ' => 'B',
                _ => letter,
            });
        }

        return key.ToString();
    }

    /// <summary>Whether two names are the same name, whichever way tones are placed and letters are cased.</summary>
    public static bool SameName(string left, string right) => string.Equals(ToneKey(left), ToneKey(right), StringComparison.Ordinal);

    /// <summary>Whether a text is Unicode in NFC, without control and invisible characters and of at most so many characters as people count them.</summary>
    public static bool IsClean(string text, int maxGraphemes) =>
        IsUnicode(text)
        && text.IsNormalized(NormalizationForm.FormC)
        && !text.Any(letter => char.IsControl(letter) || IsFormat(letter) || letter is '\u2028' or '\u2029')
        && (text.Length <= maxGraphemes || new StringInfo(text).LengthInTextElements <= maxGraphemes);

    private static IEnumerable<char> Repaired(string text)
    {
        var whole = IsUnicode(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var composed = whole.Normalize(NormalizationForm.FormC)
            .Replace("d\u0336", "đ", StringComparison.Ordinal)
            .Replace("D\u0336", "Đ", StringComparison.Ordinal);
        return composed.Where(letter => !IsFormat(letter)).Select(letter => letter switch
        {
            '\u00F0' => 'đ',
            '\u00D0' or '\u0189' => 'Đ',
            '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '\u0060' => '\'',
            _ => letter,
        });
    }

    private static bool IsFormat(char letter) => char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    // Half of a surrogate pair is no character; the framework refuses to normalise it.
    private static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }
}
