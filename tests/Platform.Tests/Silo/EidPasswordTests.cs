using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a password opens, and what a stranger can learn or do without it.</summary>
public sealed class EidPasswordTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_wrong_password_and_a_number_without_an_account_look_alike(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        await silo.Account(Person.Id(3)).Register(Eid.Registration());
        await (await silo.Account(Person.Id(4)).Open()).Lock(Eid.Authority);
        await (await silo.Account(Person.Id(5)).Open()).Cancel(Eid.Order);
        var written = await Writes(province);

        foreach (var number in Enumerable.Range(1, 5))
        {
            var account = silo.Account(Person.Id(number));
            var parameters = await account.GetPasswordParameters();
            Assert.Equal((16, 19456, 2), (parameters.Salt.Length, parameters.MemoryKiB, parameters.Passes));
            foreach (var hash in new[] { new byte[32], [], [.. Eid.Hash, 7], [.. Enumerable.Repeat((byte)8, 32)] })
            {
                Assert.Equal(new EidAnswer { Refusal = EidRefusals.ProofWrong }, await account.VerifyPassword(hash));
            }
        }

        Assert.Equal(EidRefusals.AccountLocked, (await silo.Account(Person.Id(4)).VerifyPassword(Eid.Hash)).Refusal);
        Assert.Equal(written, await Writes(province));
    }

    [Theory, EachDatabase]
    public async Task The_salt_of_a_number_without_an_account_cannot_be_told_from_another(DatabaseKind kind)
    {
        var (_, silo) = await OneAccount(kind);

        var first = await silo.Account(Person.Id(2)).GetPasswordParameters();

        Assert.NotEqual(new byte[16], first.Salt);
        Assert.Equal(Eid.Record().Parameters.Salt, (await silo.Account(Person.Id(1)).GetPasswordParameters()).Salt);
    }

    [Theory, EachDatabase]
    public async Task A_new_password_counts_at_once_on_every_silo_and_ends_all_other_sessions(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        var other = (await province.Start(_clock)).Account(Person.Id(1));
        var account = silo.Account(Person.Id(1));
        var (kept, ended) = (await account.LogIn(), await account.LogIn());
        await other.VerifyPassword(Eid.Hash);

        Eid.Done(await account.SetPassword(Eid.Record(9), kept.Id));

        Assert.Equal(Eid.Record(9).Parameters.Salt, (await Retry.Again(other.GetPasswordParameters)).Salt);
        Assert.Equal(EidRefusals.ProofWrong, (await Retry.Again(() => other.VerifyPassword(Eid.Hash))).Refusal);
        Eid.Done(await other.VerifyPassword(Eid.Record(9).Hash));
        Assert.NotNull(await other.CheckSession(kept.Id));
        Assert.Null(await other.CheckSession(ended.Id));
        Assert.Equal("password.changed", (await other.GetAccount())!.History[0].Kind);
    }

    [Theory, EachDatabase]
    public async Task A_refused_login_is_noted_once_a_minute_and_never_for_a_number_without_an_account(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        var written = await Writes(province);

        await silo.Account(Person.Id(2)).NoteRefusal("login.refused", "Firefox");
        Assert.Null(await silo.Account(Person.Id(2)).GetAccount());
        Assert.Equal(written, await Writes(province));

        for (var attempt = 0; attempt < 5; attempt++)
        {
            await account.NoteRefusal("login.refused", "Firefox");
        }

        Assert.Equal([("login.refused", "Firefox")], (await account.GetAccount())!.History.Select(line => (line.Kind, line.Place)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await account.NoteRefusal("login.refused", new string('x', 500));
        Assert.Equal([120, 7], (await account.GetAccount())!.History.Select(line => line.Place.Length));
    }

    [Theory, EachDatabase]
    public async Task The_history_keeps_a_hundred_lines_and_no_stranger_pushes_the_holders_own_out(DatabaseKind kind)
    {
        var (_, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        await account.AddPhone();
        for (var attempt = 0; attempt < 120; attempt++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await account.NoteRefusal("login.refused", "elsewhere");

            // Nothing is answered; the next answer comes after it was done.
            await account.GetPasswordParameters();
        }

        var history = (await account.GetAccount())!.History;
        Assert.Equal((30, "device.added"), (history.Count(line => line.Kind == "login.refused"), history[^1].Kind));
        Assert.Equal(_clock.GetUtcNow(), history[0].At);

        for (var login = 0; login < 100; login++)
        {
            await account.LogIn();
        }

        history = (await account.GetAccount())!.History;
        Assert.Equal(100, history.Length);
        Assert.All(history, line => Assert.Equal("login.ok", line.Kind));
    }

    private static async Task<long> Writes(Province province) => Convert.ToInt64(
        await province.Scalar("SELECT coalesce(sum(version), 0) FROM grain_state WHERE grain_type = 'eid-account'"), CultureInfo.InvariantCulture);

    private async Task<(Province Province, TestSilo Silo)> OneAccount(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import([.. Enumerable.Range(1, 5).Select(number => Person.Record(number))]);
        var silo = await province.Start(_clock);
        await silo.Account(Person.Id(1)).Open();
        return (province, silo);
    }
}
