using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>How sessions begin, rise and run out.</summary>
public sealed class EidSessionTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_session_says_who_when_where_how_and_with_which_roles(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind);
        await account.SetRoles(["registrar"], Eid.Order);
        var phone = await account.AddPhone();

        var opened = Eid.Done(await account.OpenSession(
            Eid.Login(Eid.Password, new CheckedFactor { Kind = FactorKind.Approval, DeviceId = phone }) with { Place = new string('x', 119) + "🔑" })).Session!;

        var now = _clock.GetUtcNow();
        Assert.Equal((2, now, now, now.AddHours(12)), (opened.Level, opened.AuthenticatedAt, opened.OpenedAt, opened.Until));
        Assert.Equal(["pwd", "mca", "mfa"], opened.Amr);
        Assert.Equal(["registrar"], opened.Roles);
        Assert.Equal(119, opened.Place.Length);
        Assert.True(opened.Id.Length >= 22);
        await account.SetRoles([], Eid.Order);
        Assert.Empty((await account.CheckSession(opened.Id))!.Roles);
        var line = (await account.GetAccount())!.History[0];
        Assert.Equal(("login.ok", "pwd mca mfa", now), (line.Kind, line.Detail, line.At));
    }

    [Theory, EachDatabase]
    public async Task A_factor_counts_only_on_a_device_of_its_kind_that_is_registered(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind);
        var (phone, key) = (await account.AddPhone(), Eid.Done(await account.AddPasskey(Eid.Passkey())).Secret!);
        ImmutableArray<CheckedFactor>[] unknown =
        [
            [],
            [new CheckedFactor { Kind = FactorKind.Totp, DeviceId = phone }],
            [new CheckedFactor { Kind = FactorKind.Passkey }],
            [new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = phone }],
            [new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = "made up" }],
            [Eid.Password, new CheckedFactor { Kind = FactorKind.Approval }],
            [Eid.Password, new CheckedFactor { Kind = FactorKind.Approval, DeviceId = key }],
        ];
        var session = await account.LogIn();
        foreach (var factors in unknown)
        {
            Assert.Equal(EidRefusals.FactorUnknown, (await account.OpenSession(Eid.Login() with { Factors = factors })).Refusal);
            Assert.Equal(EidRefusals.FactorUnknown, (await account.StepUp(session.Id, factors)).Refusal);
        }

        // Whether the key is bound to its device is known here, whoever says otherwise.
        var opened = await account.LogIn(new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = key, DeviceBound = false });
        Assert.Equal((2, "hwk"), (opened.Level, opened.Amr[0]));
    }

    [Theory, EachDatabase]
    public async Task A_step_up_raises_level_and_time_and_nothing_else(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind);
        var phone = await account.AddPhone();
        var session = await account.LogIn();
        await account.JoinSession(session.Id, Eid.Client());
        Assert.Equal(1, session.Level);
        _clock.Advance(TimeSpan.FromHours(1));

        var stepped = Eid.Done(await account.StepUp(session.Id, [new CheckedFactor { Kind = FactorKind.Approval, DeviceId = phone }])).Session!;

        Assert.Equal((session.Id, 2, _clock.GetUtcNow(), session.OpenedAt, session.Until), (stepped.Id, stepped.Level, stepped.AuthenticatedAt, stepped.OpenedAt, stepped.Until));
        Assert.Single(stepped.Clients);
        Assert.Equal(EidRefusals.SessionEnded, (await account.StepUp("made up", [Eid.Password])).Refusal);
        for (var again = 0; again < 10; again++)
        {
            stepped = Eid.Done(await account.StepUp(session.Id, [Eid.Password, Eid.Password])).Session!;
        }

        Assert.Equal(["mca", "pwd", "mfa"], stepped.Amr);
    }

    [Theory, EachDatabase]
    public async Task A_level_1_account_gives_level_1_whatever_was_shown_and_follows_the_account_at_once(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind);
        var other = (await province.Start(_clock)).Account(Person.Id(1));
        var session = await account.LogInWithPhone();
        Assert.Equal(2, (await other.CheckSession(session.Id))!.Level);

        await account.LowerLevel(Eid.Order);
        Assert.Equal(1, (await Retry.Again(() => other.CheckSession(session.Id)))!.Level);
        await account.RaiseLevel(Eid.Check(Person.Now));
        Assert.Equal(2, (await Retry.Again(() => other.CheckSession(session.Id)))!.Level);
    }

    [Theory, EachDatabase]
    public async Task A_session_ends_after_twelve_hours(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind);
        var session = await account.LogIn();
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMicroseconds(1));
        Assert.NotNull(await account.CheckSession(session.Id));
        Eid.Done(await account.StepUp(session.Id, [Eid.Password]));

        _clock.Advance(TimeSpan.FromMicroseconds(1));

        Assert.Null(await account.CheckSession(session.Id));
        Assert.Equal(EidRefusals.SessionEnded, (await account.StepUp(session.Id, [Eid.Password])).Refusal);
        Assert.False(await account.JoinSession(session.Id, Eid.Client()));
        Assert.Empty((await account.GetAccount())!.Sessions);
    }

    [Theory, EachDatabase]
    public async Task Twenty_sessions_live_and_the_oldest_gives_way_with_a_notice(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind);
        var sessions = new List<EidSessionView>();
        for (var login = 0; login < 21; login++)
        {
            sessions.Add(await account.LogIn());
            await account.JoinSession(sessions[^1].Id, Eid.Client($"client-{login}"));
        }

        Assert.Null(await account.CheckSession(sessions[0].Id));
        Assert.NotNull(await account.CheckSession(sessions[1].Id));
        Assert.Equal(20, (await account.GetAccount())!.Sessions.Length);
        var notices = await province.Silos[0].Logouts().Take(50, TimeSpan.FromMinutes(1));
        Assert.Equal(["client-0"], notices.Select(notice => notice.Client.ClientId));
    }

    [Theory, EachDatabase]
    public async Task A_relying_party_is_in_a_session_once_and_can_leave_it(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind);
        var session = await account.LogIn();

        Assert.True(await account.JoinSession(session.Id, Eid.Client("a")));
        Assert.True(await account.JoinSession(session.Id, Eid.Client("a")));
        Assert.True(await account.JoinSession(session.Id, Eid.Client("a") with { Sid = "newer" }));
        Assert.True(await account.JoinSession(session.Id, Eid.Client("b")));
        Assert.False(await account.JoinSession("made up", Eid.Client("b")));
        Assert.Equal(["newer", "sid-b"], (await account.CheckSession(session.Id))!.Clients.Select(client => client.Sid));
        await account.LeaveSession(session.Id, "a");
        await account.LeaveSession(session.Id, "a");
        await account.LeaveSession("made up", "b");
        Assert.Equal(["b"], (await account.CheckSession(session.Id))!.Clients.Select(client => client.ClientId));

        await account.EndSession(session.Id, "logout");
        Assert.Equal(["b"], (await province.Silos[0].Logouts().Take(9, TimeSpan.Zero)).Select(notice => notice.Client.ClientId));
    }

    [Theory, EachDatabase]
    public async Task A_relying_party_that_left_and_came_back_is_another_guest_than_before(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind);
        var other = (await province.Start(_clock)).Account(Person.Id(1));
        var session = await account.LogIn();
        await account.JoinSession(session.Id, Eid.Client("a") with { Stay = "made up" });
        await account.JoinSession(session.Id, Eid.Client("b"));
        var joined = (await account.CheckSession(session.Id))!;
        var (first, neighbour) = (joined.Clients[0].Stay, joined.Clients[1].Stay);
        Assert.NotEqual("made up", first);

        await account.JoinSession(session.Id, Eid.Client("a") with { Sid = "newer" });
        Assert.True((await account.CheckSession(session.Id))!.Admits("a", first));
        await account.LeaveSession(session.Id, "a");
        await Retry.Again(() => other.JoinSession(session.Id, Eid.Client("a")));

        var now = (await Retry.Again(() => account.CheckSession(session.Id)))!;
        Assert.False(now.Admits("a", first));
        Assert.False(now.Admits(null, first));
        Assert.True(now.Admits("a", now.Clients[^1].Stay));
        Assert.True(now.Admits("b", neighbour));
        Assert.False(now.Admits("a", neighbour));
    }

    [Theory, EachDatabase]
    public async Task Fifty_relying_parties_are_in_a_session_and_who_gives_way_is_told(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind);
        var session = await account.LogIn();
        for (var client = 0; client <= 50; client++)
        {
            Assert.True(await account.JoinSession(session.Id, Eid.Client($"client-{client}")));
        }

        Assert.Equal(50, (await account.CheckSession(session.Id))!.Clients.Length);
        Assert.Equal(["client-0"], (await province.Silos[0].Logouts().Take(9, TimeSpan.Zero)).Select(notice => notice.Client.ClientId));
    }

    private async Task<(Province Province, IEidAccountGrain Account)> OneAccount(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await (await province.Start(_clock)).Account(Person.Id(1)).Open());
    }
}
