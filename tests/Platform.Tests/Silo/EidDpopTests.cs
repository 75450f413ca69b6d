using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>A proof of possession counts once, although nothing of it is stored.</summary>
public sealed class EidDpopTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Fact]
    public async Task A_proof_needs_the_current_nonce_and_counts_once()
    {
        var proofs = await Proofs();
        var none = await proofs.Use("one", null);
        Assert.Equal((false, true), (none.Accepted, none.NonceNeeded));

        var first = await proofs.Use("one", none.Nonce);
        var second = await proofs.Use("one", none.Nonce);
        var other = await proofs.Use("two", none.Nonce);

        Assert.Equal((true, false, none.Nonce), (first.Accepted, first.NonceNeeded, first.Nonce));
        Assert.Equal((false, false), (second.Accepted, second.NonceNeeded));
        Assert.True(other.Accepted);
        foreach (var wrong in new[] { "", "made up", none.Nonce + " ", none.Nonce[..^1] })
        {
            Assert.Equal((false, true), ((await proofs.Use("three", wrong)).Accepted, (await proofs.Use("three", wrong)).NonceNeeded));
        }
    }

    [Fact]
    public async Task A_nonce_counts_for_two_to_four_minutes_and_what_was_used_under_it_never_again()
    {
        var proofs = await Proofs();
        var nonce = (await proofs.Use("one", null)).Nonce;
        Assert.True((await proofs.Use("one", nonce)).Accepted);
        _clock.Advance(TimeSpan.FromMinutes(2));

        var late = await proofs.Use("two", nonce);
        Assert.True(late.Accepted);
        Assert.NotEqual(nonce, late.Nonce);
        Assert.Equal((false, false), ((await proofs.Use("one", nonce)).Accepted, (await proofs.Use("one", nonce)).NonceNeeded));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True((await proofs.Use("one", nonce)).NonceNeeded);
        Assert.True((await proofs.Use("one", late.Nonce)).Accepted);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await proofs.Use("one", late.Nonce)).NonceNeeded);
    }

    [Fact]
    public async Task A_full_memory_takes_a_new_nonce_and_forgets_no_use()
    {
        var proofs = await Proofs();
        var nonce = (await proofs.Use("0", null)).Nonce;
        for (var use = 0; use < 4096; use++)
        {
            Assert.True((await proofs.Use($"{use}", nonce)).Accepted);
        }

        var full = await proofs.Use("new", nonce);

        Assert.Equal((false, true), (full.Accepted, full.NonceNeeded));
        Assert.NotEqual(nonce, full.Nonce);
        Assert.False((await proofs.Use("0", nonce)).Accepted);
        Assert.False((await proofs.Use("new", nonce)).Accepted);
        Assert.True((await proofs.Use("new", full.Nonce)).Accepted);
    }

    [Theory, EachDatabase]
    public async Task Neither_another_silo_nor_a_restarted_one_nor_another_key_accepts_a_used_proof(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        var silo = await province.Start(_clock);
        var other = (await province.Start(_clock)).Grain<IDpopProofs>("thumbprint");
        var proofs = silo.Grain<IDpopProofs>("thumbprint");
        var nonce = (await proofs.Use("one", null)).Nonce;
        await other.Use("one", null);
        Assert.True((await proofs.Use("one", nonce)).Accepted);

        Assert.False((await other.Use("one", nonce)).Accepted);
        Assert.False((await silo.Grain<IDpopProofs>("another").Use("one", nonce)).Accepted);
        await silo.Stop();
        Assert.False((await (await province.Start(_clock)).Grain<IDpopProofs>("thumbprint").Use("one", nonce)).Accepted);
        Assert.Equal(0, await province.Count("grain_state"));
    }

    private async Task<IDpopProofs> Proofs() => (await (await NewProvince(DatabaseKind.Sqlite)).Start(_clock)).Grain<IDpopProofs>("thumbprint");
}
