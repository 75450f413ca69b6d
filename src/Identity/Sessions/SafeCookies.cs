using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.Identity.Sessions;

/// <summary>How this server's cookies are set: never readable by scripts, never for another host, never sent along by another site's form.</summary>
static class SafeCookies
{
    /// <summary>Over TLS the name makes browsers refuse a cookie that another host of the domain tries to plant.</summary>
    public static string Name(string name, IdentityOptions options) => IsSecure(options) ? $"__Host-{name}" : name;

    public static CookieOptions Options(IdentityOptions options) => new()
    {
        HttpOnly = true,
        Secure = IsSecure(options),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };

    public static string? Unprotect(IDataProtector protector, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static bool IsSecure(IdentityOptions options) => options.Issuer!.Scheme == Uri.UriSchemeHttps;
}
