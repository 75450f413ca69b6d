using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Domain.Citizens;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Devices;

/// <summary>What makes a browser an approving device: a secret that it keeps, of which the account knows only the digest.</summary>
sealed class DeviceCookie(IDataProtectionProvider protection, IOptions<IdentityOptions> options)
{
    const int SecretLength = 32;
    // Browsers keep no cookie longer.
    static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);
    readonly IDataProtector _protector = protection.CreateProtector("approving-device");

    string CookieName => SafeCookies.Name("eid-device", options.Value);

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    public void Write(HttpContext context, PersonalId number, byte[] secret)
    {
        var cookie = SafeCookies.Options(options.Value);
        cookie.MaxAge = Lifetime;
        context.Response.Cookies.Append(
            CookieName, _protector.Protect(JsonSerializer.Serialize(new Content(number.Reveal(), Convert.ToBase64String(secret)))), cookie);
    }

    /// <summary>Whose device this browser says it is, with the digest that proves it.</summary>
    public (PersonalId Number, byte[] Digest)? Read(HttpContext context) =>
        SafeCookies.Unprotect(_protector, context.Request.Cookies[CookieName]) is { } json
        && JsonSerializer.Deserialize<Content>(json) is { } content
        && PersonalId.TryParse(content.Number, out var number) ? (number, SHA256.HashData(Convert.FromBase64String(content.Secret))) : null;

    sealed record Content(string Number, string Secret);
}
