using System.Text.RegularExpressions;

namespace Platform.Hosting.Dpop;

/// <summary>Compares <c>htu</c> with the request's URI after normalisation (RFC 3986 section 6.2), both without query and fragment.</summary>
static partial class DpopUri
{
    public static bool IsSame(string claimed, Uri uri) =>
        // Uri would forgive spaces around it and take a backslash for a slash.
        Form().IsMatch(claimed)
        && Uri.TryCreate(claimed, UriKind.Absolute, out var claim)
        && claim.UserInfo.Length == 0
        && claim.Scheme == uri.Scheme
        && claim.Port == uri.Port
        && string.Equals(claim.IdnHost, uri.IdnHost, StringComparison.OrdinalIgnoreCase)
        && Normal(claim.AbsolutePath) == Normal(uri.AbsolutePath);

    static string Normal(string path) => Escape().Replace(path, escape =>
    {
        var letter = (char)Convert.ToByte(escape.Value[1..], 16);
        return char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~' ? letter.ToString() : escape.Value.ToUpperInvariant();
    });

    [GeneratedRegex(@"\A[hH][tT][tT][pP][sS]?://[!-\[\]-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("%[0-9A-Fa-f]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
