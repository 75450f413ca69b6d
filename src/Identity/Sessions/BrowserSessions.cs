using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;

namespace Platform.Identity.Sessions;

/// <summary>The person who is logged in at this browser, as the account says at this moment.</summary>
sealed record CurrentSession(PersonalId Number, EidSessionView Session);

/// <summary>
/// Ties a browser to a session of an account. The cookie only names the session; whether it lives is asked at every use. A session that was not
/// used for half an hour is over for this browser.
/// </summary>
sealed class BrowserSessions(
    EidAccounts accounts, IDataProtectionProvider protection, IOptions<IdentityOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(1);
    readonly IDataProtector _protector = protection.CreateProtector("browser-session");

    string CookieName => SafeCookies.Name("eid-session", options.Value);

    /// <summary>The live session of the request's browser, or null.</summary>
    public async Task<CurrentSession?> Current(HttpContext context)
    {
        var now = clock.GetUtcNow();
        if (Read(context.Request.Cookies[CookieName]) is not { } cookie || cookie.UsedAt + Idle <= now)
        {
            return null;
        }
        if (!PersonalId.TryParse(cookie.Number, out var number)
            || await accounts.Ask(number, account => account.CheckSession(cookie.Session)) is not { } session)
        {
            SignOut(context);
            return null;
        }
        if (cookie.UsedAt + RenewAfter <= now)
        {
            Write(context, cookie with { UsedAt = now });
        }
        return new CurrentSession(number, session);
    }

    /// <summary>Gives the browser a cookie for a session that was just opened or stepped up; an earlier cookie is replaced.</summary>
    public void SignIn(HttpContext context, PersonalId number, string session) =>
        Write(context, new Cookie(number.Reveal(), session, clock.GetUtcNow()));

    public void SignOut(HttpContext context) => context.Response.Cookies.Delete(CookieName, SafeCookies.Options(options.Value));

    void Write(HttpContext context, Cookie cookie) => context.Response.Cookies.Append(
        CookieName, _protector.Protect(JsonSerializer.Serialize(cookie)), SafeCookies.Options(options.Value));

    Cookie? Read(string? text) => SafeCookies.Unprotect(_protector, text) is { } json ? JsonSerializer.Deserialize<Cookie>(json) : null;

    sealed record Cookie(string Number, string Session, DateTimeOffset UsedAt);
}
