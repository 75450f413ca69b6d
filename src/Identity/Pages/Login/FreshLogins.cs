using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Login;

/// <summary>What was proved a moment ago. A session remembers factors for hours; who changes factors must have shown them just now.</summary>
sealed record FreshLogin(string Session, DateTimeOffset At, bool TwoFactors, bool Recovery);

/// <summary>Keeps the proof of a login that has just happened in a sealed cookie.</summary>
sealed class FreshLogins(IDataProtectionProvider protection, IOptions<IdentityOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);
    readonly IDataProtector _protector = protection.CreateProtector("fresh-login");

    string CookieName => SafeCookies.Name("eid-fresh", options.Value);

    public void Mark(HttpContext context, string session, ImmutableArray<CheckedFactor> factors)
    {
        var kinds = factors.Select(factor => factor.Kind).ToHashSet();
        var twoFactors = kinds.Contains(FactorKind.Passkey)
            || (kinds.Contains(FactorKind.Password) && (kinds.Contains(FactorKind.Totp) || kinds.Contains(FactorKind.Approval)));
        var fresh = new FreshLogin(
            session, clock.GetUtcNow(), twoFactors, kinds.Contains(FactorKind.Password) && kinds.Contains(FactorKind.RecoveryCode));
        Write(context, fresh);
    }

    /// <summary>After a factor was added by showing that it works: with the login that led there, that makes two.</summary>
    public void Strengthen(HttpContext context, string session)
    {
        if (Find(context, session) is { } fresh)
        {
            Write(context, fresh with { TwoFactors = true });
        }
    }

    /// <summary>The fresh login of this session, or null.</summary>
    public FreshLogin? Find(HttpContext context, string session) =>
        SafeCookies.Unprotect(_protector, context.Request.Cookies[CookieName]) is { } json
        && JsonSerializer.Deserialize<FreshLogin>(json) is { } fresh
        && fresh.Session == session
        && fresh.At + Freshness > clock.GetUtcNow() ? fresh : null;

    void Write(HttpContext context, FreshLogin fresh) => context.Response.Cookies.Append(
        CookieName, _protector.Protect(JsonSerializer.Serialize(fresh)), SafeCookies.Options(options.Value));
}
