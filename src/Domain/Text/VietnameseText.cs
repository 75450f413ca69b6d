using System.Globalization;
using System.Text;

namespace Platform.Domain.Text;

/// <summary>Comparison keys for Vietnamese and ethnic-minority names (TCVN 6909:2001; both tone placements are in official use).</summary>
public static class VietnameseText
{
    private const string ToneMarks = "\u0300\u0301\u0303\u0309\u0323";

    /// <summary>The text in Unicode NFC with look-alike letters repaired (ð, Ð), apostrophe variants as U+0027, and single blanks.</summary>
    public static string Normalize(string text)
    {
        var repaired = new StringBuilder(text.Length);
        var blank = true;
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
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
            repaired.Append(letter switch
            {
                '\u00F0' => 'đ',
                '\u00D0' => 'Đ',
                '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '\u0060' => '\'',
                _ => letter,
            });
        }

        return repaired.ToString();
    }

    /// <summary>A key equal for spellings of the same name: letter case and the place of the tone mark (hòa, hoà) do not matter, the tone does.</summary>
    public static string ToneKey(string text)
    {
        var key = new StringBuilder(text.Length + 8);
        foreach (var word in Normalize(text).ToLowerInvariant().Split(' '))
        {
            var tone = '0';
            foreach (var letter in word.Normalize(NormalizationForm.FormD))
            {
                if (ToneMarks.Contains(letter, StringComparison.Ordinal))
                {
                    tone = letter;
                    continue;
                }

                key.Append(letter);
            }

            key.Append(tone).Append(' ');
        }

        return key.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Upper-case letters and digits without any marks, words separated by one blank; for finding candidates only, as many names share it.</summary>
    public static string UnaccentedKey(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var letter in Normalize(text).ToUpperInvariant().Normalize(NormalizationForm.FormD))
        {
            if (letter == 'Đ')
            {
                key.Append('D');
            }
            else if (letter == ' ' || char.IsLetterOrDigit(letter))
            {
                key.Append(letter);
            }
        }

        return key.ToString();
    }

    /// <summary>Whether two names are the same name, whichever way tones are placed and letters are cased.</summary>
    public static bool SameName(string left, string right) => string.Equals(ToneKey(left), ToneKey(right), StringComparison.Ordinal);

    /// <summary>Whether a text is in NFC, without control characters and of at most so many characters as people count them.</summary>
    public static bool IsClean(string text, int maxGraphemes) =>
        text.IsNormalized(NormalizationForm.FormC)
        && !text.Any(char.IsControl)
        && (text.Length <= maxGraphemes || new StringInfo(text).LengthInTextElements <= maxGraphemes);
}
