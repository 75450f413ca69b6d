using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Platform.Hosting.Logging;

/// <summary>Removes personal numbers, tokens and credentials from a text before anybody may see it.</summary>
public static partial class LogMask
{
    internal const string HiddenSecret = "[secret]";
    const string HiddenToken = "[token]";
    const string Stars = "*****";
    const int PersonalNumberLength = 12;

    static readonly FrozenSet<string> SecretNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "clientAssertion", "clientSecret", "assertion", "accessToken", "refreshToken", "idToken", "subjectToken", "actorToken",
        "codeVerifier", "deviceCode", "userCode", "password", "authorization", "cookie", "setCookie", "dpop");

    // Nearly every line has nothing to hide and must not pay for a regular expression, so a vectorised search goes first.
    static readonly SearchValues<string> SecretMarks = SearchValues.Create(
        ["assertion", "secret", "token", "code_verifier", "device_code", "user_code", "password", "cookie", "basic", "bearer", "dpop"],
        StringComparison.OrdinalIgnoreCase);

    static readonly SearchValues<string> TokenMarks = SearchValues.Create(["ey", "ew"], StringComparison.Ordinal);

    /// <summary>
    /// Returns <paramref name="text"/> with every run of twelve or more digits cut to its first three and last four, every JSON web token
    /// and every credential value replaced; the same instance when there was nothing to hide.
    /// </summary>
    public static string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().ContainsAny(TokenMarks))
        {
            text = JsonWebToken().Replace(text, HiddenToken);
        }
        if (text.AsSpan().ContainsAny(SecretMarks))
        {
            text = Credential().Replace(text, "$1" + HiddenSecret);
            text = AuthorizationScheme().Replace(text, "$1 " + HiddenSecret);
        }
        return HasLongDigitRun(text) ? LongDigitRun().Replace(text, run => Shorten(run.ValueSpan)) : text;
    }

    /// <summary>Tells whether a logged value with this name is a credential, whatever it looks like.</summary>
    public static bool IsSecretName(string name) =>
        SecretNames.Contains(name) || (name.AsSpan().ContainsAny('_', '-') && SecretNames.Contains(name.Replace("_", "").Replace("-", "")));

    static string Shorten(ReadOnlySpan<char> digits) => string.Concat(digits[..3], Stars, digits[^4..]);

    static bool HasLongDigitRun(string text)
    {
        var run = 0;
        foreach (var character in text)
        {
            run = char.IsAsciiDigit(character) ? run + 1 : 0;
            if (run == PersonalNumberLength)
            {
                return true;
            }
        }
        return false;
    }

    [GeneratedRegex("[0-9]{12,}")]
    private static partial Regex LongDigitRun();

    // The first part of a compact token is base64url of a JSON object, so it begins with {" or with { and white space.
    [GeneratedRegex(@"(?<![A-Za-z0-9_-])(?:eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*|e[wy][A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){2,4})")]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(
        @"((?<![A-Za-z0-9_])(?:client_assertion|client_secret|assertion|access_token|refresh_token|id_token|subject_token|actor_token" +
        @"|code_verifier|device_code|user_code|password|set-cookie|cookie)\\?[""']?\s*[:=]\s*\\?[""']?)(?!\[token\])[^\s""'&,;}\\]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    [GeneratedRegex(@"\b(Basic|Bearer|DPoP)\s+[A-Za-z0-9+/=._~-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationScheme();
}
