using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Every relying party of an ended session is told, whatever fails in between.</summary>
public sealed class EidLogoutTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task Notices_of_an_ended_session_survive_a_restart_until_they_are_delivered(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        var account = await silo.Account(Person.Id(1)).Open();
        var session = await account.LogIn();
        await account.JoinSession(session.Id, Eid.Client("a"));
        await account.JoinSession(session.Id, Eid.Client("b"));
        await account.EndSession(session.Id, "logout");
        await silo.Stop();

        var logouts = (await province.Start(_clock)).Logouts();
        var notices = await logouts.Take(10, Lease);
        Assert.Equal([Eid.Client("a"), Eid.Client("b")], notices.Select(notice => notice.Client with { Stay = null }));
        Assert.All(notices, notice => Assert.Equal(_clock.GetUtcNow(), notice.EndedAt));
        await logouts.Delivered([notices[0].Id]);
        await province.Silos[1].Stop();

        _clock.Advance(Lease);
        logouts = (await province.Start(_clock)).Logouts();
        Assert.Equal([notices[1]], await logouts.Take(10, Lease));
    }

    [Theory, EachDatabase]
    public async Task A_notice_is_written_before_the_end_so_that_a_failed_end_loses_none(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        var account = await silo.Account(Person.Id(1)).Open();
        var session = await account.LogIn();
        await account.JoinSession(session.Id, Eid.Client());
        await Break(province, "eid-account");

        await Retry.Refuses(TryAgainException.RecordUnavailable, () => account.EndSession(session.Id, "logout"));
        Assert.Single(await silo.Logouts().Take(10, TimeSpan.Zero));
        Assert.NotNull(await account.CheckSession(session.Id));

        await Repair(province);
        await Break(province, "eid-logouts");
        await Retry.Refuses(TryAgainException.RecordUnavailable, () => account.EndSession(session.Id, "logout"));
        Assert.NotNull(await account.CheckSession(session.Id));
        await Repair(province);
        await account.EndSession(session.Id, "logout");
        Assert.Null(await account.CheckSession(session.Id));
    }

    [Theory, EachDatabase]
    public async Task What_was_taken_is_nobody_elses_for_the_lease(DatabaseKind kind)
    {
        var logouts = await Waiting(kind, 3);

        var first = await logouts.Take(2, Lease);
        var second = await logouts.Take(2, Lease);
        Assert.Equal((2, 1), (first.Length, second.Length));
        Assert.Empty(await logouts.Take(2, Lease));
        _clock.Advance(Lease - TimeSpan.FromMicroseconds(1));
        Assert.Empty(await logouts.Take(2, Lease));
        _clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(first, await logouts.Take(2, Lease));
    }

    [Theory, EachDatabase]
    public async Task What_fails_waits_longer_each_time_and_is_given_up_after_two_hours(DatabaseKind kind)
    {
        var logouts = await Waiting(kind, 1);
        var began = _clock.GetUtcNow();
        var waits = new List<double>();
        while (await Due(logouts) is { } notice)
        {
            await logouts.Failed([notice.Id]);
            var from = _clock.GetUtcNow();
            while (_clock.GetUtcNow() - from <= TimeSpan.FromMinutes(16) && (await logouts.Take(1, TimeSpan.Zero)).IsEmpty)
            {
                _clock.Advance(TimeSpan.FromSeconds(5));
            }

            waits.Add((_clock.GetUtcNow() - from).TotalSeconds);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 900, 900], waits.Take(10));
        Assert.InRange((_clock.GetUtcNow() - began).TotalMinutes, 120, 151);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await logouts.Take(1, Lease));
    }

    [Theory, EachDatabase]
    public async Task Two_silos_hand_no_notice_out_twice(DatabaseKind kind)
    {
        var one = await Waiting(kind, 20);
        var other = (await _province!.Start(_clock)).Logouts();

        var taken = await Eid.Both(() => one.Take(10, Lease), () => other.Take(10, Lease));

        Assert.Equal(20, taken.SelectMany(batch => batch).Select(notice => notice.Id).Distinct().Count());
    }

    [Theory, EachDatabase]
    public async Task What_is_kept_is_bounded_and_unknown_notices_change_nothing(DatabaseKind kind)
    {
        var logouts = await Waiting(kind, 0);
        await logouts.Add([.. Enumerable.Range(0, 10_005).Select(Notice)]);

        await logouts.Delivered([Guid.NewGuid()]);
        await logouts.Failed([Guid.NewGuid()]);
        await logouts.Delivered([]);

        var all = await logouts.Take(20_000, Lease);
        Assert.Equal((10_000, "client-5"), (all.Length, all[0].Client.ClientId));
    }

    private Province? _province;

    private static async Task<LogoutNotice?> Due(IEidLogouts logouts) => (await logouts.Take(1, TimeSpan.Zero)).SingleOrDefault();

    private LogoutNotice Notice(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        Client = Eid.Client(string.Create(CultureInfo.InvariantCulture, $"client-{number}")),
        EndedAt = _clock.GetUtcNow(),
    };

    private async Task<IEidLogouts> Waiting(DatabaseKind kind, int count)
    {
        _province = await NewProvince(kind);
        var logouts = (await _province.Start(_clock)).Logouts();
        ImmutableArray<LogoutNotice> notices = [.. Enumerable.Range(0, count).Select(Notice)];
        await logouts.Add(notices);
        return logouts;
    }

    /// <summary>From now on writes of one kind of grain fail in the database.</summary>
    private static Task<int> Break(Province province, string type) => province.Execute(province.Kind == DatabaseKind.Sqlite
        ? $"CREATE TRIGGER one_broken BEFORE UPDATE ON grain_state WHEN NEW.grain_type = '{type}' BEGIN SELECT RAISE(ABORT, 'broken'); END;"
        : $"""
          CREATE FUNCTION one_broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END';
          CREATE TRIGGER one_broken BEFORE UPDATE ON grain_state FOR EACH ROW WHEN (NEW.grain_type = '{type}') EXECUTE FUNCTION one_broken();
          """);

    private static Task<int> Repair(Province province) => province.Execute(province.Kind == DatabaseKind.Sqlite
        ? "DROP TRIGGER one_broken;"
        : "DROP TRIGGER one_broken ON grain_state; DROP FUNCTION one_broken;");
}
