using System.Collections.Immutable;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

/// <summary>What a set of checked factors amounts to.</summary>
internal static class SessionStrength
{
    /// <summary>The level that the factors prove, no higher than the account's.</summary>
    public static int Level(ImmutableArray<CheckedFactor> factors, int accountLevel)
    {
        bool Has(FactorKind kind) => factors.Any(factor => factor.Kind == kind);
        var onDevice = factors.Any(factor => factor is { Kind: FactorKind.Totp or FactorKind.Approval, DeviceId: not null });
        var proved = Has(FactorKind.Passkey) || (Has(FactorKind.Password) && onDevice) || factors.Any(factor => factor is { Kind: FactorKind.Upstream, UpstreamLevel: 2 })
            ? 2
            : 1;
        return Math.Min(proved, accountLevel);
    }

    /// <summary>Methods as RFC 8176 names them. A recovery code has no name there and is told as <c>otp</c>; a login elsewhere is told as <c>fed</c>.</summary>
    public static ImmutableArray<string> Amr(ImmutableArray<CheckedFactor> factors)
    {
        var methods = factors.SelectMany(factor => factor.Kind switch
        {
            FactorKind.Password => (ImmutableArray<string>)["pwd"],
            FactorKind.Totp or FactorKind.RecoveryCode => ["otp"],
            FactorKind.Passkey => [factor.DeviceBound ? "hwk" : "swk", "user", "mfa"],
            FactorKind.Approval => ["mca"],
            _ => ["fed"],
        }).Distinct().ToArray();

        // Two things that one has are one factor.
        return methods.Length > 1 && methods.Contains("pwd") && !methods.Contains("mfa") ? [.. methods, "mfa"] : [.. methods];
    }
}
