using System.Text;
using Platform.Contracts;
using Platform.Identity.Factors;
using Xunit;

namespace Platform.Tests.Identity.Factors;

public sealed class PasswordsTests
{
    static readonly PasswordParameters Cheap = new() { Salt = new byte[16], MemoryKiB = 64, Passes = 1 };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hash_has_32_bytes_and_depends_on_every_letter()
    {
        using var passwords = new Passwords(atOnce: 1);
        var hash = await passwords.Hash(
            "password", new PasswordParameters { Salt = Encoding.ASCII.GetBytes("somesaltsomesalt"), MemoryKiB = 64, Passes = 2 }, Ct);

        Assert.Equal(32, hash!.Length);
        Assert.NotEqual(hash, await passwords.Hash("passwore", new PasswordParameters { Salt = Encoding.ASCII.GetBytes("somesaltsomesalt"), MemoryKiB = 64, Passes = 2 }, Ct));
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_one_password()
    {
        using var passwords = new Passwords(atOnce: 1);

        Assert.Equal(await passwords.Hash("Thuỷ chung", Cheap, Ct), await passwords.Hash("Thuỷ chung".Normalize(NormalizationForm.FormD), Cheap, Ct));
    }

    [Fact]
    public async Task New_passwords_have_salts_of_their_own_and_the_recommended_cost()
    {
        using var passwords = new Passwords(atOnce: 1);
        var (one, other) = ((await passwords.Make("x", Ct))!, (await passwords.Make("x", Ct))!);

        Assert.NotEqual(one.Parameters.Salt, other.Parameters.Salt);
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.Equal((19456, 2), (one.Parameters.MemoryKiB, one.Parameters.Passes));
    }

    [Fact]
    public async Task A_flood_is_turned_away_and_not_queued_without_end()
    {
        using var passwords = new Passwords(atOnce: 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => passwords.Hash("x", Cheap with { MemoryKiB = 32 * 1024 }, Ct)));

        Assert.Contains(answers, answer => answer is null);
        Assert.Contains(answers, answer => answer is not null);
    }

    [Theory]
    [InlineData(8, 64, 1)]
    [InlineData(16, 2_000_000, 1)]
    [InlineData(16, 64, 1000)]
    public async Task Parameters_that_would_eat_the_machine_are_a_fault(int salt, int memory, int passes)
    {
        using var passwords = new Passwords(atOnce: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            passwords.Hash("x", new PasswordParameters { Salt = new byte[salt], MemoryKiB = memory, Passes = passes }, Ct));
    }
}
