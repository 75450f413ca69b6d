using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Platform.Domain.Citizens;

namespace Platform.Identity.Factors;

/// <summary>Why a new password is not taken.</summary>
enum PasswordDoubt
{
    None,
    TooShort,
    TooLong,
    NotText,
    Personal,
    Guessable,
}

/// <summary>
/// Which new passwords are taken (NIST SP 800-63B): length counts, no classes of characters are demanded, and what attackers try first is
/// refused: common words, runs of the keyboard or the digits, repetitions, and what everybody knows of the person.
/// </summary>
static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    // A known word, run or repetition is worth this many free characters to a guesser; so few are not enough.
    const int WorthOfPiece = 2;
    const int LeastWorth = 8;
    const int LongestWord = 16;
    const int ShortestRun = 4;

    static readonly string[] Runs = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "abcdefghijklmnopqrstuvwxyz"];
    static readonly FrozenSet<string> Words = ReadWords();

    public static PasswordDoubt Check(string password, PersonalId number, string name)
    {
        if (password.Any(char.IsControl) || !IsText(password))
        {
            return PasswordDoubt.NotText;
        }
        var normal = password.Normalize(NormalizationForm.FormC);
        var length = new StringInfo(normal).LengthInTextElements;
        if (length < Shortest)
        {
            return PasswordDoubt.TooShort;
        }
        if (normal.Length > Longest)
        {
            return PasswordDoubt.TooLong;
        }
        var plain = Plain(normal);
        return IsPersonal(plain, number, name) ? PasswordDoubt.Personal : Worth(Joined(plain)) < LeastWorth ? PasswordDoubt.Guessable : PasswordDoubt.None;
    }

    static bool IsPersonal(string plain, PersonalId number, string name)
    {
        var digits = number.Reveal();
        var whole = Letters(name);
        return plain.Contains(digits, StringComparison.Ordinal)
            || plain.Contains(digits[^6..], StringComparison.Ordinal)
            || (whole.Length > 4 && Letters(plain).Contains(whole, StringComparison.Ordinal));
    }

    /// <summary>What is left for a guesser who tries words, runs and repetitions first.</summary>
    static int Worth(string plain)
    {
        var (worth, seen) = (0, new HashSet<string>());
        for (var at = 0; at < plain.Length;)
        {
            var length = Math.Max(WordAt(plain, at), Math.Max(RunAt(plain, at), DateAt(plain, at)));
            if (length > 0)
            {
                worth += seen.Add(plain.Substring(at, length)) ? WorthOfPiece : 0;
                at += length;
            }
            else
            {
                worth += seen.Add(plain[at].ToString()) ? 1 : 0;
                at++;
            }
        }
        return worth;
    }

    static int WordAt(string plain, int at)
    {
        for (var length = Math.Min(LongestWord, plain.Length - at); length >= 3; length--)
        {
            var word = plain.Substring(at, length);
            if (Words.Contains(word) || Words.Contains(Unmasked(word)))
            {
                return length;
            }
        }
        return 0;
    }

    static int RunAt(string plain, int at)
    {
        var longest = 1;
        while (at + longest < plain.Length && plain[at + longest] == plain[at])
        {
            longest++;
        }
        foreach (var run in Runs)
        {
            var backwards = new string([.. run.Reverse()]);
            longest = Math.Max(longest, Math.Max(Along(run, plain, at), Along(backwards, plain, at)));
        }
        return longest >= ShortestRun ? longest : 0;
    }

    static int Along(string run, string plain, int at)
    {
        var from = run.IndexOf(plain[at], StringComparison.Ordinal);
        if (from < 0)
        {
            return 0;
        }
        var length = 1;
        while (at + length < plain.Length && from + length < run.Length && plain[at + length] == run[from + length])
        {
            length++;
        }
        return length;
    }

    // A date or year as people write it: 4 to 8 digits. Telephone numbers are digits too.
    static int DateAt(string plain, int at)
    {
        var length = 0;
        while (at + length < plain.Length && length < 12 && char.IsAsciiDigit(plain[at + length]))
        {
            length++;
        }
        return length >= ShortestRun ? length : 0;
    }

    static string Unmasked(string word) => string.Create(word.Length, word, static (span, masked) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = masked[i] switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', var other => other };
        }
    });

    /// <summary>Small letters without Vietnamese marks.</summary>
    static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark))
        .ToLowerInvariant()
        .Replace('đ', 'd');

    // What people put between words costs a guesser nothing.
    static string Joined(string plain) => string.Concat(plain.Where(letter => !char.IsWhiteSpace(letter) && !"-_.,/:;!?".Contains(letter, StringComparison.Ordinal)));

    static string Letters(string text) => string.Concat(Plain(text).Where(char.IsLetter));

    static bool IsText(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC) || text.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static FrozenSet<string> ReadWords()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-words.txt")!);
        return reader.ReadToEnd().Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
