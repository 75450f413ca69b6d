using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Each act in each state of an account, as the law has it.</summary>
public sealed class EidLifeCycleTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    // none, registered, active, locked by holder, by the authority, by the record, cancelled: what each act is answered with; "-" is done.
    [Theory]
    [InlineData("register", "- account.exists account.exists account.exists account.exists account.exists -")]
    [InlineData("register-app", "- account.exists account.exists account.exists account.exists account.exists account.cancelled")]
    [InlineData("raise", "account.unknown - - account.locked account.locked account.locked account.cancelled")]
    [InlineData("reset", "account.unknown - - - account.locked account.locked account.cancelled")]
    [InlineData("own", "account.unknown account.wrong-state account.wrong-state account.wrong-state account.wrong-state account.wrong-state account.cancelled")]
    [InlineData("lower", "account.unknown - - - - - account.cancelled")]
    [InlineData("lock", "account.unknown - - - - - account.cancelled")]
    [InlineData("lock-authority", "account.unknown - - - - - account.cancelled")]
    [InlineData("unlock", "account.unknown account.not-activated account.wrong-state - account.lock-not-yours account.lock-not-yours account.cancelled")]
    [InlineData("unlock-authority", "account.unknown account.not-activated account.wrong-state - - - account.cancelled")]
    [InlineData("cancel", "account.unknown - - - - - account.cancelled")]
    [InlineData("roles", "account.unknown - - - - - account.cancelled")]
    [InlineData("password", "account.unknown account.not-activated - account.locked account.locked account.locked account.cancelled")]
    [InlineData("login", "account.unknown account.not-activated - account.locked account.locked account.locked account.cancelled")]
    [InlineData("totp", "account.unknown account.not-activated factor.unknown factor.unknown account.locked account.locked account.cancelled")]
    [InlineData("device", "account.unknown account.not-activated - account.locked account.locked account.locked account.cancelled")]
    [InlineData("approval", "account.unknown account.not-activated approval.unavailable account.locked account.locked account.locked account.cancelled")]
    public async Task An_act_is_done_or_refused_by_the_state(string act, string expected)
    {
        var province = await NewProvince(DatabaseKind.Sqlite);
        await province.Import([.. Enumerable.Range(0, 7).Select(number => Person.Record(number))]);
        var silo = await province.Start(_clock);

        var answers = new List<string>();
        foreach (var state in Enumerable.Range(0, 7))
        {
            var account = silo.Account(Person.Id(state));
            await Bring(province, silo, state);
            answers.Add((await Retry.Again(() => Do(account, act))).Refusal ?? "-");
        }

        Assert.Equal(expected, string.Join(' ', answers));
    }

    [Theory, EachDatabase]
    public async Task Acts_without_a_complete_record_or_for_oneself_change_nothing(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open();
        var before = await province.Scalar("SELECT max(version) FROM grain_state WHERE grain_type = 'eid-account'");
        AuthorityCall[] incomplete =
        [
            Eid.Order with { Official = "" },
            Eid.Order with { Official = new string('x', 201) },
            Eid.Order with { Reason = "" },
            Eid.Order with { Reason = new string('x', 501) },
            Eid.Order with { Official = Person.Id(1).Reveal() },
        ];
        var check = Eid.Check(Person.Now);
        var answers = new List<EidAnswer>
        {
            await account.Lock(new LockCall { By = EidLockedBy.Authority }),
            await account.Lock(new LockCall { By = EidLockedBy.Record, Authority = Eid.Order }),
            await account.Lock(new LockCall { By = EidLockedBy.Holder, Authority = Eid.Order }),
            await account.Lock(new LockCall { By = 0 }),
            await account.ResetFactors(check with { Official = Person.Id(1).Reveal() }),
            await account.ResetFactors(check with { Biometric = "" }),
            await account.ResetFactors(check with { Place = "" }),
            await account.ResetFactors(check with { At = _clock.GetUtcNow().AddMinutes(1) }),
            await account.RaiseLevel(check with { Official = Person.Id(1).Reveal() }),
            await account.RaiseLevel(check with { Biometric = "iris" }),
            await account.RaiseLevel(check with { Place = "" }),
            await account.RaiseLevel(check with { At = _clock.GetUtcNow().AddMinutes(1) }),
            await account.SetRoles([""], Eid.Order),
            await account.SetRoles(["one", "one"], Eid.Order),
            await account.SetRoles([.. Enumerable.Range(0, 21).Select(role => $"role-{role}")], Eid.Order),
        };
        foreach (var call in incomplete)
        {
            answers.Add(await account.Lock(new LockCall { By = EidLockedBy.Authority, Authority = call }));
            answers.Add(await account.LowerLevel(call));
            answers.Add(await account.Cancel(call));
            answers.Add(await account.SetRoles(["registrar"], call));
            answers.Add(await account.SetRepresentative(Person.Id(2).Reveal(), call));
        }

        Assert.All(answers, answer => Assert.Equal(EidRefusals.RecordIncomplete, answer.Refusal));
        Assert.Equal(before, await province.Scalar("SELECT max(version) FROM grain_state WHERE grain_type = 'eid-account'"));

        await account.Lock(Eid.Authority);
        Assert.Equal(EidRefusals.RecordIncomplete, (await account.Unlock(new LockCall { By = EidLockedBy.Authority })).Refusal);
        Assert.Equal(EidRefusals.RecordIncomplete, (await account.Unlock(new LockCall { By = EidLockedBy.Record })).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Every_act_is_told_with_who_why_where_and_when(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open(Eid.Registration(1) with { By = "app" });

        await account.RaiseLevel(Eid.Check(Person.Now.AddDays(-3)) with { Biometric = "fingerprint" });
        _clock.Advance(TimeSpan.FromMinutes(1));
        await account.SetRoles(["registrar", "auditor"], Eid.Order);
        await account.LowerLevel(Eid.Order);
        await account.Lock(Eid.Holder);
        await account.Lock(Eid.Holder);
        await account.Lock(Eid.Authority);
        await account.Lock(Eid.Holder);
        await account.Unlock(Eid.Authority);
        await account.Cancel(Eid.Order);

        var acts = (await account.GetAccount())!.LifeCycle.Reverse().ToArray();
        Assert.Equal(
            ["account.registered", "account.activated", "level.raised", "roles.set", "level.lowered", "account.locked", "account.locked", "account.unlocked", "account.cancelled"],
            acts.Select(act => act.Kind));
        Assert.Equal([null, "officer-1", "officer-1", "officer-1", null, "officer-1", "officer-1", "officer-1"], acts.Skip(1).Select(act => act.Official));
        Assert.Equal("app", acts[0].Official);
        Assert.Equal(("Gia Nghĩa", $"fingerprint {Person.Now.AddDays(-3):yyyy-MM-dd}"), (acts[2].Place, acts[2].Detail![..22]));
        Assert.Equal("registrar auditor: order 12/QĐ", acts[3].Detail);
        Assert.Equal(_clock.GetUtcNow(), acts[^1].At);
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_account_loses_its_factors_and_keeps_its_history_when_the_authority_registers_it_anew(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open();
        await account.AddPhone();
        await account.AddPasskey(Eid.Passkey());
        await account.IssueRecoveryCodes();
        await account.SetRoles(["registrar"], Eid.Order);
        var session = await account.LogIn();
        await account.ApproveClaims(session.Id, "portal", ["name"]);

        Eid.Done(await account.Cancel(Eid.Order));

        Assert.Equal(EidRefusals.ProofWrong, (await account.VerifyPassword(Eid.Hash)).Refusal);
        Assert.Empty(await account.GetPasskeys());
        await account.Open(Eid.Registration(1));
        var view = (await account.GetAccount())!;
        Assert.Equal((0, 0, 0, 1), (view.Devices.Length, view.RecoveryCodesLeft, view.Roles.Length, view.Level));
        Assert.Empty(await account.GetApprovedClaims("portal"));
        Assert.Equal(6, view.LifeCycle.Length);
        Assert.Contains(view.History, line => line.Kind == "login.ok");
    }

    [Theory, EachDatabase]
    public async Task The_authority_lifts_a_lock_for_death_only_when_the_record_no_longer_says_so(DatabaseKind kind)
    {
        var (province, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open();
        await province.Becomes(silo, Person.Id(1), CitizenStatus.DeclaredMissing);
        Assert.Equal(EidLockedBy.Record, (await Retry.Again(account.GetAccount))!.LockedBy);

        Assert.Equal(EidRefusals.CitizenInactive, (await account.Unlock(Eid.Authority)).Refusal);
        await province.Becomes(silo, Person.Id(1), CitizenStatus.Active);

        Eid.Done(await Retry.Again(() => account.Unlock(Eid.Authority)));
        Eid.Done(await account.VerifyPassword(Eid.Hash));
    }

    [Theory, EachDatabase]
    public async Task Locking_again_and_again_does_not_grow_the_account_and_hides_no_act_of_the_authority(DatabaseKind kind)
    {
        var (_, silo) = await OneCitizen(kind);
        var account = await silo.Account(Person.Id(1)).Open();
        for (var round = 0; round < 60; round++)
        {
            Eid.Done(await account.Lock(Eid.Holder));
            Eid.Done(await account.Unlock(Eid.Holder));
        }

        await account.SetRoles(["registrar"], Eid.Order);

        var acts = (await account.GetAccount())!.LifeCycle;
        Assert.Equal(100, acts.Count(act => act.Official is null));
        Assert.Equal(["roles.set", "account.registered"], acts.Where(act => act.Official is not null).Select(act => act.Kind));
    }

    [Fact]
    public async Task A_key_that_is_no_number_has_no_account()
    {
        var (_, silo) = await OneCitizen(DatabaseKind.Sqlite);
        await silo.Account(Person.Id(1)).Open();

        // Storage would take it for the number with its leading zero.
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => silo.Grain<IEidAccountGrain>(Person.Id(1).Reveal()[1..]).GetAccount());

        Assert.DoesNotContain(Person.Id(1).Reveal()[1..], fault.Message, StringComparison.Ordinal);
    }

    private async Task<(Province Province, TestSilo Silo)> OneCitizen(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await province.Start(_clock));
    }

    private static async Task Bring(Province province, TestSilo silo, int state)
    {
        var account = silo.Account(Person.Id(state));
        if (state == 0)
        {
            return;
        }

        var code = Eid.Done(await account.Register(Eid.Registration())).Secret!;
        if (state == 1)
        {
            return;
        }

        Eid.Done(await account.Activate(code, Eid.Record()));
        switch (state)
        {
            case 3:
                Eid.Done(await account.Lock(Eid.Holder));
                break;
            case 4:
                Eid.Done(await account.Lock(Eid.Authority));
                break;
            case 5:
                await province.Becomes(silo, Person.Id(state), CitizenStatus.Deceased);
                await Retry.Again(account.GetAccount);
                await province.Becomes(silo, Person.Id(state), CitizenStatus.Active);
                break;
            case 6:
                Eid.Done(await account.Cancel(Eid.Order));
                break;
        }
    }

    private static Task<EidAnswer> Do(IEidAccountGrain account, string act) => act switch
    {
        "register" => account.Register(Eid.Registration()),
        "register-app" => account.Register(Eid.Registration(1) with { By = "app" }),
        "raise" => account.RaiseLevel(Eid.Check(Person.Now)),
        "reset" => account.ResetFactors(Eid.Check(Person.Now)),
        "own" => account.SetRepresentative(null, Eid.Order),
        "lower" => account.LowerLevel(Eid.Order),
        "lock" => account.Lock(Eid.Holder),
        "lock-authority" => account.Lock(Eid.Authority),
        "unlock" => account.Unlock(Eid.Holder),
        "unlock-authority" => account.Unlock(Eid.Authority),
        "cancel" => account.Cancel(Eid.Order),
        "roles" => account.SetRoles(["registrar"], Eid.Order),
        "password" => account.SetPassword(Eid.Record(9), null),
        "login" => account.OpenSession(Eid.Login()),
        "totp" => account.VerifyTotp("000000"),
        "device" => account.AddDevice(new AddDeviceCall { Name = "phone", SecretHash = Eid.DeviceSecret }),
        _ => account.StartApproval(Eid.Question()),
    };
}
