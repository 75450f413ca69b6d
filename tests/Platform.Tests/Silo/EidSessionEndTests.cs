using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Whatever ends a session ends it at the next call, also at a silo that had it at hand.</summary>
public sealed class EidSessionEndTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    public static TheoryData<DatabaseKind, string> Ends() => new MatrixTheoryData<DatabaseKind, string>(
        Enum.GetValues<DatabaseKind>(),
        ["logout", "all", "password", "device", "app", "lock", "lock-authority", "cancel", "death", "replaced"]);

    [Theory, MemberData(nameof(Ends))]
    public async Task The_next_check_at_another_silo_is_refused(DatabaseKind kind, string end)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        var warm = await province.Start(_clock);
        var account = await silo.Account(Person.Id(1)).Open();
        var app = await account.AddApp(_clock);
        var session = end == "app" ? await account.LogIn(Eid.Password, new CheckedFactor { Kind = FactorKind.Totp, DeviceId = app }) : await account.LogInWithPhone();
        await account.JoinSession(session.Id, Eid.Client());
        var there = warm.Account(Person.Id(1));
        Assert.Equal(2, (await there.CheckSession(session.Id))!.Level);

        await End(province, silo, account, session, end);

        // A refusal to answer is one too; nobody gets the session shown again.
        Assert.Null(await Retry.Again(() => there.CheckSession(session.Id)));
        Assert.Equal(EidRefusals.SessionEnded, (await there.StepUp(session.Id, [Eid.Password])).Refusal);
        Assert.False(await there.JoinSession(session.Id, Eid.Client("late")));
        Assert.Equal(EidRefusals.SessionEnded, (await there.ApproveClaims(session.Id, "portal", ["name"])).Refusal);
        Assert.Null(await there.ReleaseClaims(new ReleaseClaimsCall { SessionId = session.Id, ClientId = "portal", ClientName = "Portal", Claims = ["name"] }));
        Assert.Equal(EidRefusals.SessionEnded, (await there.DecideConsent(session.Id, Person.Grant("late"))).Refusal);
        Assert.Null(await Retry.Again(() => account.CheckSession(session.Id)));
        var notice = Assert.Single(await Retry.Again(() => warm.Logouts().Take(9, TimeSpan.Zero)));
        Assert.Equal(Eid.Client(), notice.Client with { Stay = null });
    }

    [Theory, EachDatabase]
    public async Task Ending_one_or_all_keeps_the_named_and_repeats_change_nothing(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        var account = await silo.Account(Person.Id(1)).Open();
        var (one, two, three) = (await account.LogIn(), await account.LogIn(), await account.LogIn());

        await account.EndSession(one.Id, "logout");
        await account.EndSession(one.Id, "logout");
        await account.EndSessions("all", two.Id);
        await account.EndSessions("all", two.Id);

        Assert.Equal([two.Id], (await account.GetAccount())!.Sessions.Select(session => session.Id));
        Assert.Null(await account.CheckSession(three.Id));
        Assert.Equal(["sessions.ended", "session.ended"], (await account.GetAccount())!.History.Take(2).Select(line => line.Kind));
        await silo.Account(Person.Id(9)).EndSessions("all", null);
        Assert.Null(await silo.Account(Person.Id(9)).GetAccount());
    }

    [Theory, EachDatabase]
    public async Task Removing_a_device_ends_only_what_was_opened_with_it(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var account = await (await province.Start(_clock)).Account(Person.Id(1)).Open();
        var key = Eid.Done(await account.AddPasskey(Eid.Passkey())).Secret!;
        var (password, phone, passkey) = (
            await account.LogIn(), await account.LogInWithPhone(), await account.LogIn(new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = key }));

        Assert.Equal(EidRefusals.FactorUnknown, (await account.RemoveDevice("made up")).Refusal);
        Eid.Done(await account.RemoveDevice(key));

        Assert.NotNull(await account.CheckSession(password.Id));
        Assert.NotNull(await account.CheckSession(phone.Id));
        Assert.Null(await account.CheckSession(passkey.Id));
        Assert.Equal(("device.removed", "key"), ((await account.GetAccount())!.History[0].Kind, (await account.GetAccount())!.History[0].Detail));
    }

    [Theory, EachDatabase]
    public async Task An_ended_session_is_not_seen_alive_between_two_silos_that_race(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var (silo, other) = (await province.Start(_clock), await province.Start(_clock));
        var account = await silo.Account(Person.Id(1)).Open();
        for (var round = 0; round < 5; round++)
        {
            var session = Eid.Done(await Retry.Again(() => account.OpenSession(Eid.Login()))).Session!;
            await Eid.Both(
                async () =>
                {
                    await account.EndSession(session.Id, "logout");
                    return true;
                },
                () => other.Account(Person.Id(1)).JoinSession(session.Id, Eid.Client()));

            Assert.Null(await Retry.Again(() => other.Account(Person.Id(1)).CheckSession(session.Id)));
            Assert.Null(await Retry.Again(() => account.CheckSession(session.Id)));
        }
    }

    private async Task End(Province province, TestSilo silo, IEidAccountGrain account, EidSessionView session, string end)
    {
        switch (end)
        {
            case "logout":
                await account.EndSession(session.Id, "logout");
                break;
            case "all":
                await account.EndSessions("all", null);
                break;
            case "password":
                Eid.Done(await account.SetPassword(Eid.Record(9), null));
                break;
            case "device":
                var devices = (await account.GetAccount())!.Devices;
                Eid.Done(await account.RemoveDevice(devices.Single(device => device.Kind == FactorKind.Approval).Id));
                break;
            case "app":
                await account.AddApp(_clock);
                break;
            case "lock":
                Eid.Done(await account.Lock(Eid.Holder));
                break;
            case "lock-authority":
                Eid.Done(await account.Lock(Eid.Authority));
                break;
            case "cancel":
                Eid.Done(await account.Cancel(Eid.Order));
                break;
            default:
                await province.Becomes(silo, Person.Id(1), end == "death" ? CitizenStatus.Deceased : CitizenStatus.CancelledReplaced);
                break;
        }
    }
}
