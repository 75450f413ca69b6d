using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Contracts;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Login;

/// <summary>What was proved a moment ago. A session remembers factors for hours; who changes factors must have shown them just now.</summary>
sealed record FreshLogin(string Session, DateTimeOffset At, ImmutableArray<FactorKind> Kinds, bool Strengthened)
{
    [JsonIgnore]
    public bool TwoFactors => Strengthened || Kinds.Contains(FactorKind.Passkey) || Kinds.Contains(FactorKind.Upstream)
        || (Kinds.Contains(FactorKind.Password) && (Kinds.Contains(FactorKind.Totp) || Kinds.Contains(FactorKind.Approval)));

    [JsonIgnore]
    public bool Recovery => Kinds.Contains(FactorKind.Password) && Kinds.Contains(FactorKind.RecoveryCode);
}

/// <summary>Keeps the proof of a login that has just happened in a sealed cookie.</summary>
sealed class FreshLogins(IDataProtectionProvider protection, IOptions<IdentityOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);
    readonly IDataProtector _protector = protection.CreateProtector("fresh-login");

    string CookieName => SafeCookies.Name("eid-fresh", options.Value);

    public void Mark(HttpContext context, string session, ImmutableArray<CheckedFactor> factors)
    {
        // A login elsewhere at level 1 proves less than two factors here.
        // A step-up adds to what the same session showed a moment ago; it stays as old as the oldest part.
        var before = Find(context, session);
        Write(context, new FreshLogin(
            session,
            before?.At ?? clock.GetUtcNow(),
            [.. (before?.Kinds ?? []).Union(factors.Where(factor => factor.UpstreamLevel != 1).Select(factor => factor.Kind))],
            before?.Strengthened ?? false));
    }

    /// <summary>After a factor was added by showing that it works: with the login that led there, that makes two.</summary>
    public void Strengthen(HttpContext context, string session)
    {
        if (Find(context, session) is { } fresh)
        {
            Write(context, fresh with { Strengthened = true });
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
