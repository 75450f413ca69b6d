using Platform.Contracts;
using Platform.Silo.Accounts;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Which factors amount to which level, and how they are told.</summary>
public sealed class SessionStrengthTests
{
    [Theory]
    [InlineData("password", 1, "pwd")]
    [InlineData("totp", 1, "otp")]
    [InlineData("approval", 1, "mca")]
    [InlineData("recovery", 1, "otp")]
    [InlineData("password recovery", 1, "pwd otp mfa")]
    [InlineData("password totp", 2, "pwd otp mfa")]
    [InlineData("password approval", 2, "pwd mca mfa")]
    [InlineData("totp approval", 1, "otp mca")]
    [InlineData("totp approval recovery", 1, "otp mca")]
    [InlineData("password totp-without-device", 1, "pwd otp mfa")]
    [InlineData("passkey", 2, "swk user mfa")]
    [InlineData("bound-passkey", 2, "hwk user mfa")]
    [InlineData("password bound-passkey", 2, "pwd hwk user mfa")]
    [InlineData("upstream-1", 1, "fed")]
    [InlineData("upstream-2", 2, "fed")]
    [InlineData("upstream-1 totp", 1, "fed otp")]
    [InlineData("password totp approval", 2, "pwd otp mca mfa")]
    public void Two_kinds_of_factor_one_of_them_on_a_device_are_level_2(string shown, int level, string methods)
    {
        CheckedFactor[] factors = [.. shown.Split(' ').Select(Factor)];

        Assert.Equal(level, SessionStrength.Level([.. factors], 2));
        Assert.Equal(1, SessionStrength.Level([.. factors], 1));
        Assert.Equal(methods, string.Join(' ', SessionStrength.Amr([.. factors])));
    }

    private static CheckedFactor Factor(string name) => name switch
    {
        "password" => new CheckedFactor { Kind = FactorKind.Password },
        "totp" => new CheckedFactor { Kind = FactorKind.Totp, DeviceId = "app" },
        "totp-without-device" => new CheckedFactor { Kind = FactorKind.Totp },
        "approval" => new CheckedFactor { Kind = FactorKind.Approval, DeviceId = "phone" },
        "recovery" => new CheckedFactor { Kind = FactorKind.RecoveryCode },
        "passkey" => new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = "key" },
        "bound-passkey" => new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = "key", DeviceBound = true },
        "upstream-1" => new CheckedFactor { Kind = FactorKind.Upstream, UpstreamLevel = 1 },
        "upstream-2" => new CheckedFactor { Kind = FactorKind.Upstream, UpstreamLevel = 2 },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
