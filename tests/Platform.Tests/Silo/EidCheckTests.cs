using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Silo.Accounts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What a check in person gives, and what of the time before it no longer counts.</summary>
public sealed class EidCheckTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task What_a_password_alone_added_at_level_1_is_no_second_factor_after_the_check(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind, Eid.Registration(1) with { By = "app" });
        var app = await account.AddApp(_clock);
        var key = Eid.Done(await account.AddPasskey(Eid.Passkey())).Secret!;
        var code = Eid.Done(await account.IssueRecoveryCodes()).Codes[0];
        var pending = Eid.Done(await account.BeginTotp()).Secret!;
        var (plain, thief) = (await account.LogIn(), await account.LogInWithPhone());
        await account.JoinSession(thief.Id, Eid.Client());

        Eid.Done(await account.RaiseLevel(Eid.Check(Person.Now)));

        var view = (await account.GetAccount())!;
        Assert.Equal((2, 0, 0), (view.Level, view.Devices.Length, view.RecoveryCodesLeft));
        Assert.Null(await account.CheckSession(thief.Id));
        Assert.Equal(1, (await account.CheckSession(plain.Id))!.Level);
        Assert.Single(await province.Silos[0].Logouts().Take(9, TimeSpan.Zero));
        Assert.Equal(EidRefusals.ProofWrong, (await account.UseRecoveryCode(code)).Refusal);
        Assert.Equal(EidRefusals.FactorUnknown, (await account.ConfirmTotp(Eid.Code(pending, _clock), "app")).Refusal);
        foreach (var (factor, device) in new[] { (FactorKind.Totp, app), (FactorKind.Passkey, key) })
        {
            var held = new CheckedFactor { Kind = factor, DeviceId = device };
            Assert.Equal(EidRefusals.FactorUnknown, (await account.OpenSession(Eid.Login(Eid.Password, held))).Refusal);
            Assert.Equal(EidRefusals.FactorUnknown, (await account.StepUp(plain.Id, [held])).Refusal);
        }

        Assert.Equal(2, (await account.LogInWithPhone()).Level);
    }

    [Theory, EachDatabase]
    public async Task A_login_elsewhere_that_raises_the_level_drops_the_same(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind, Eid.Registration(1) with { By = "app" });
        await account.AddPhone();

        Eid.Done(await account.LinkUpstream(new UpstreamIdentity { Issuer = "https://eid.example/", Subject = "subject-1", Level = 2 }));

        Assert.Equal(2, (await account.GetAccount())!.Level);
        Assert.Empty((await account.GetAccount())!.Devices);
    }

    [Theory, EachDatabase]
    public async Task What_is_from_before_level_2_was_taken_away_counts_again_and_what_was_added_since_does_not(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind, Eid.Registration());
        var phone = await account.AddPhone();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await account.LowerLevel(Eid.Order);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await account.AddApp(_clock);

        Eid.Done(await account.RaiseLevel(Eid.Check(Person.Now)));

        Assert.Equal([phone], (await account.GetAccount())!.Devices.Select(device => device.Id));
        Assert.Equal(2, (await account.LogInWithPhone()).Level);
    }

    [Theory, EachDatabase]
    public async Task Who_is_registered_after_a_check_reaches_level_2_with_the_first_app_and_keeps_it_at_another_check(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind, Eid.Registration());
        var app = await account.AddApp(_clock);
        CheckedFactor[] factors = [Eid.Password, new CheckedFactor { Kind = FactorKind.Totp, DeviceId = app }];
        Assert.Equal(2, (await account.LogIn(factors)).Level);

        Eid.Done(await account.RaiseLevel(Eid.Check(Person.Now)));

        Assert.Equal(2, (await account.LogIn(factors)).Level);
    }

    [Theory, EachDatabase]
    public async Task Who_lost_password_and_device_gets_a_new_code_and_nothing_of_before_works(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind, Eid.Registration());
        await account.AddApp(_clock);
        await account.AddPasskey(Eid.Passkey());
        var recovery = Eid.Done(await account.IssueRecoveryCodes()).Codes[0];
        await account.SetRoles(["registrar"], Eid.Order);
        var session = await account.LogInWithPhone();
        await account.JoinSession(session.Id, Eid.Client());

        var code = Eid.Done(await account.ResetFactors(Eid.Check(Person.Now) with { Biometric = "fingerprint" })).Secret!;

        Assert.Null(await account.CheckSession(session.Id));
        Assert.Single(await province.Silos[0].Logouts().Take(9, TimeSpan.Zero));
        Assert.Equal(EidRefusals.ProofWrong, (await account.VerifyPassword(Eid.Hash)).Refusal);
        Assert.Equal(EidRefusals.AccountNotActivated, (await account.OpenSession(Eid.Login())).Refusal);
        var view = (await account.GetAccount())!;
        Assert.Equal((EidState.Registered, 2, 0, 0), (view.State, view.Level, view.Devices.Length, view.RecoveryCodesLeft));
        Assert.Equal(["registrar"], view.Roles);
        var act = view.LifeCycle[0];
        Assert.Equal(("factors.reset", "officer-1", "Gia Nghĩa"), (act.Kind, act.Official, act.Place));
        Assert.StartsWith("fingerprint ", act.Detail, StringComparison.Ordinal);

        Eid.Done(await account.Activate(code, Eid.Record(9)));
        Assert.Equal(EidRefusals.ProofWrong, (await account.VerifyPassword(Eid.Hash)).Refusal);
        Assert.Equal(EidRefusals.ProofWrong, (await account.UseRecoveryCode(recovery)).Refusal);
        Assert.Equal(2, (await account.LogInWithPhone()).Level);
    }

    [Theory, EachDatabase]
    public async Task A_missed_code_after_a_loss_is_made_good_by_another_check_and_not_by_registering(DatabaseKind kind)
    {
        var (_, account) = await OneAccount(kind, Eid.Registration());
        var missed = Eid.Done(await account.ResetFactors(Eid.Check(Person.Now))).Secret!;
        _clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(missed, Eid.Record())).Refusal);
        Assert.Equal(EidRefusals.AccountExists, (await account.Register(Eid.Registration(1) with { By = "app" })).Refusal);
        var first = Eid.Done(await account.ResetFactors(Eid.Check(Person.Now))).Secret!;
        var second = Eid.Done(await account.ResetFactors(Eid.Check(Person.Now))).Secret!;

        Assert.Equal(EidRefusals.ActivationInvalid, (await account.Activate(first, Eid.Record())).Refusal);
        Eid.Done(await account.Activate(second, Eid.Record()));
    }

    [Theory, EachDatabase]
    public async Task A_lost_device_lifts_the_holders_own_lock_and_nobody_elses(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind, Eid.Registration());
        await account.Lock(Eid.Holder);
        var code = Eid.Done(await account.ResetFactors(Eid.Check(Person.Now))).Secret!;
        Eid.Done(await account.Activate(code, Eid.Record()));

        await account.Lock(Eid.Authority);
        Assert.Equal(EidRefusals.AccountLocked, (await account.ResetFactors(Eid.Check(Person.Now))).Refusal);
        await account.Unlock(Eid.Authority);
        Eid.Done(await account.VerifyPassword(Eid.Hash));
        await province.Becomes(province.Silos[0], Person.Id(1), CitizenStatus.Deceased);
        Assert.Equal(EidRefusals.CitizenInactive, (await Retry.Again(() => account.ResetFactors(Eid.Check(Person.Now)))).Refusal);
    }

    [Theory, EachDatabase]
    public async Task Whoever_meets_the_record_of_the_dead_ends_their_sessions_before_anybody_asks_for_the_account(DatabaseKind kind)
    {
        var (province, account) = await OneAccount(kind, Eid.Registration());
        var session = await account.LogIn();
        await account.JoinSession(session.Id, Eid.Client());
        var silo = province.Silos[0];
        await province.Becomes(silo, Person.Id(1), CitizenStatus.Deceased);

        await Retry.Again(() => silo.Sector(Person.Id(1)).Disclose(Person.Renewal(Person.Name)));

        // Sent one way: it has arrived when it can be seen in the database.
        for (var look = 0; !await IsLockedByRecord(province); look++)
        {
            Assert.True(look < 20_000, "The account was not told.");
        }

        Assert.Equal(Eid.Client().Sid, Assert.Single(await silo.Logouts().Take(9, TimeSpan.Zero)).Client.Sid);
        Assert.Contains(silo.Logs.Entries, entry => entry.Contains("An account was locked: the record says", StringComparison.Ordinal));
    }

    private static async Task<bool> IsLockedByRecord(Province province) =>
        await province.Scalar("SELECT payload FROM grain_state WHERE grain_type = 'eid-account'") is byte[] payload
        && DomainJson.Read<AccountState>(System.Text.Encoding.UTF8.GetString(payload)).Account!.LockedBy == EidLockedBy.Record;

    private async Task<(Province Province, IEidAccountGrain Account)> OneAccount(DatabaseKind kind, RegisterAccountCall registration)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        return (province, await (await province.Start(_clock)).Account(Person.Id(1)).Open(registration));
    }
}
