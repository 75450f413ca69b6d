using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;

namespace Platform.Identity.Attempts;

/// <summary>Remembers, in a cookie, for which accounts this browser has completed a login. That only moves a limit; it proves nothing about the person.</summary>
sealed class KnownBrowsers(IDataProtectionProvider protection, IOptions<IdentityOptions> options, SharedSecrets secrets)
{
    const int MostAccounts = 10;
    static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    readonly IDataProtector _protector = protection.CreateProtector("known-browser");

    string CookieName => SafeCookies.Name("eid-known", options.Value);

    /// <summary>An id of this browser if it is known for the account, else null.</summary>
    public string? Find(HttpContext context, string number) =>
        Read(context) is { } browser && browser.Accounts.Contains(Digest(number)) ? browser.Id : null;

    public void Remember(HttpContext context, string number)
    {
        var browser = Read(context) ?? new Browser(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), []);
        var digest = Digest(number);
        var accounts = browser.Accounts.Remove(digest).Add(digest);
        var kept = browser with { Accounts = [.. accounts.TakeLast(MostAccounts)] };
        var cookie = SafeCookies.Options(options.Value);
        cookie.MaxAge = Lifetime;
        context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(kept)), cookie);
    }

    Browser? Read(HttpContext context) =>
        SafeCookies.Unprotect(_protector, context.Request.Cookies[CookieName]) is { } json ? JsonSerializer.Deserialize<Browser>(json) : null;

    string Digest(string number) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secrets.Get(SharedSecrets.Attempts), Encoding.UTF8.GetBytes($"browser\0{number}")).AsSpan(0, 16));

    sealed record Browser(string Id, ImmutableArray<string> Accounts);
}
