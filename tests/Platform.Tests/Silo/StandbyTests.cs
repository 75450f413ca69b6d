using Platform.Contracts;
using Platform.Domain.Sharing;
using Platform.Silo;
using Platform.Silo.Storage;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>With synchronous standbys that do not answer: what none of them has is not acknowledged, not released on, and not told as a fact.</summary>
public sealed class StandbyTests
{
    private const int Repetitions = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_commit_that_no_standby_has_taken_in_time_releases_nothing()
    {
        await using var server = await PostgresServer.StartOwn();
        await using var province = await Province.On(server, "Command Timeout=1");
        await province.Import(Person.Record(1, Person.Consent()));
        var silo = await province.Start();

        var released = (await Disclose(silo)).LedgerSeq;
        await LoseStandbys(province, async () => released = (await Disclose(silo)).LedgerSeq);

        await Standbys(province, "RESET synchronous_standby_names");
        Assert.True((await Retry.Again(() => Disclose(silo))).LedgerSeq >= released + 2);
    }

    [Fact]
    public async Task What_no_standby_has_is_not_acknowledged_by_repeating_it()
    {
        await using var server = await PostgresServer.StartOwn();
        await using var province = await Province.On(server, "Command Timeout=1");
        var consent = Person.Consent();
        await province.Import(Person.Record(1, consent));
        var silo = await province.Start();
        var account = await silo.Account(Person.Id(1)).Open();
        (string Name, Func<Task> Do)[] changes =
        [
            ("withdraw", () => silo.Self(Person.Id(1)).WithdrawConsent(consent.Id)),
            ("lock", () => account.Lock(Eid.Holder)),
        ];
        await LoseStandbys(province, () => Disclose(silo));

        foreach (var (name, change) in changes)
        {
            for (var time = 0; time < Repetitions; time++)
            {
                Assert.True(await Refuses(change), $"{name} was acknowledged the {time + 1}. time");
            }
        }

        await Standbys(province, "RESET synchronous_standby_names");
        foreach (var (_, change) in changes)
        {
            await Retry.Again(async () =>
            {
                await change();
                return true;
            });
        }

        Assert.Equal(EidState.Locked, (await account.GetAccount())!.State);
        Assert.Equal(Outcome.Denied, (await Disclose(silo)).Outcome);
    }

    [Fact]
    public async Task A_suspension_that_no_standby_has_is_not_acknowledged_by_repeating_it()
    {
        await using var server = await PostgresServer.StartOwn();
        await using var province = await Province.On(server, "Command Timeout=1");
        var silo = await province.Start();
        var suspended = false;
        await Turn();
        await LoseStandbys(province, Turn);

        for (var time = 0; time < Repetitions; time++)
        {
            Assert.True(await Refuses(Turn));
        }

        await Standbys(province, "RESET synchronous_standby_names");

        async Task Turn()
        {
            await (suspended ? silo.Rules.Resume(Person.System, "owner-1", "a new key") : silo.Rules.Suspend(Person.System, "owner-1", "a stolen key"));
            suspended = !suspended;
        }
    }

    [Fact]
    public async Task A_server_that_does_not_wait_for_its_standbys_stops_the_start()
    {
        await using var server = await PostgresServer.StartOwn();
        await using var province = await Province.On(server, "Command Timeout=1");
        await province.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = local', current_database()); END $$");
        await using (var alone = PlatformDatabase.Open(province.Text + ";Application Name=alone"))
        {
            await SiloHost.Prepare(alone);
        }

        await Standbys(province, "SET synchronous_standby_names = 'nobody'");
        await using var database = PlatformDatabase.Open(province.Text + ";Application Name=later");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloHost.Prepare(database));

        Assert.Contains("synchronous_commit", refusal.Message, StringComparison.Ordinal);
        await Standbys(province, "RESET synchronous_standby_names");
    }

    // The server takes its new settings in when it comes to it; until then commits wait for nobody.
    private static async Task LoseStandbys(Province province, Func<Task> call)
    {
        await Standbys(province, "SET synchronous_standby_names = 'nobody'");
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            try
            {
                await call();
            }
            catch (TryAgainException late)
            {
                Assert.Equal(TryAgainException.LedgerUnavailable, late.Code);
                return;
            }
        }

        throw new InvalidOperationException("Commits are acknowledged without a standby.");
    }

    // Who sees the new setting in an old connection will see it in a new one: the server has taken it in before its processes do.
    private static async Task Standbys(Province province, string change)
    {
        var before = await province.Scalar("SHOW synchronous_standby_names");
        await province.Execute($"ALTER SYSTEM {change}");
        await province.Scalar("SELECT pg_reload_conf()");
        while (Equals(await province.Scalar("SHOW synchronous_standby_names"), before))
        {
            await Task.Yield();
        }
    }

    private static async Task<bool> Refuses(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (TryAgainException)
        {
            return true;
        }
    }

    private static Task<DisclosureAnswer> Disclose(TestSilo silo) => silo.Sector(Person.Id(1)).Disclose(Person.Call());
}
