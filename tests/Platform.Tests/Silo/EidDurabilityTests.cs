using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>What is not stored did not happen, and what is stored is all there is.</summary>
public sealed class EidDurabilityTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task A_failed_write_of_any_step_leaves_nothing_and_the_step_can_be_repeated(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        var phone = await account.AddPhone();
        await account.AddPasskey(Eid.Passkey());
        var codes = Eid.Done(await account.IssueRecoveryCodes()).Codes;
        var secret = Eid.Done(await account.BeginTotp()).Secret!;
        Eid.Done(await account.ConfirmTotp(Eid.Code(secret, _clock, -1), "app"));
        var session = await account.LogIn();
        var asked = Eid.Done(await account.StartApproval(Eid.Question())).Secret!;
        CheckedFactor approval = new() { Kind = FactorKind.Approval, DeviceId = phone };
        (string Name, Func<Task<string?>> Do)[] steps =
        [
            ("password", async () => (await account.SetPassword(Eid.Record(9), session.Id)).Refusal),
            ("totp", async () => (await account.VerifyTotp(Eid.Code(secret, _clock))).Refusal),
            ("passkey", async () => (await account.UsePasskey(Eid.Passkey().CredentialId, 1, false)).Refusal),
            ("new passkey", async () => (await account.AddPasskey(Eid.Passkey(2))).Refusal),
            ("recovery", async () => (await account.UseRecoveryCode(codes[0])).Refusal),
            ("decide", async () => (await account.DecideApproval(Eid.Answer(asked))).Refusal),
            ("take", async () => (await account.TakeApproval(asked)).State == "approved" ? null : "not taken"),
            ("step up", async () => (await account.StepUp(session.Id, [approval])).Refusal),
            ("join", async () => await account.JoinSession(session.Id, Eid.Client()) ? null : "not joined"),
            ("claims", async () => (await account.ApproveClaims(session.Id, "portal", ["name"])).Refusal),
            ("open", async () => (await account.OpenSession(Eid.Login())).Refusal),
            ("roles", async () => (await account.SetRoles(["registrar"], Eid.Order)).Refusal),
            ("lower", async () => (await account.LowerLevel(Eid.Order)).Refusal),
            ("raise", async () => (await account.RaiseLevel(Eid.Check(Person.Now))).Refusal),
            ("lock", async () => (await account.Lock(Eid.Holder)).Refusal),
            ("unlock", async () => (await account.Unlock(Eid.Holder)).Refusal),
            ("cancel", async () => (await account.Cancel(Eid.Order)).Refusal),
        ];

        foreach (var (name, step) in steps)
        {
            var before = await Stored(province);
            await province.BreakRecordWrites();
            var fault = await Assert.ThrowsAsync<TryAgainException>(step);
            Assert.Equal(TryAgainException.RecordUnavailable, fault.Code);
            Assert.DoesNotContain(Person.Id(1).Reveal(), fault.ToString(), StringComparison.Ordinal);
            var visible = await account.GetAccount();
            await province.RepairRecordWrites();

            Assert.Equal(before, await Stored(province));
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(visible), System.Text.Json.JsonSerializer.Serialize(await account.GetAccount()));
            var refusal = await step();
            Assert.True(refusal is null, $"{name}: {refusal}");
        }
    }

    [Theory, EachDatabase]
    public async Task A_note_that_cannot_be_written_disturbs_nobody_and_tells_no_number(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        await province.BreakRecordWrites();
        await account.NoteRefusal("login.refused", "Firefox");
        await Retry.Again(account.GetPasswordParameters);
        await province.RepairRecordWrites();

        Assert.Empty((await account.GetAccount())!.History);
        Eid.Done(await account.VerifyPassword(Eid.Hash));
    }

    [Theory, EachDatabase]
    public async Task A_restart_keeps_everything(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        await account.AddPasskey(Eid.Passkey());
        await account.AddApp(_clock);
        await account.IssueRecoveryCodes();
        await account.SetRoles(["registrar"], Eid.Order);
        var session = await account.LogInWithPhone();
        await account.JoinSession(session.Id, Eid.Client());
        await account.ApproveClaims(session.Id, "portal", ["name"]);
        var view = System.Text.Json.JsonSerializer.Serialize(await account.GetAccount());
        await silo.Stop();

        var restarted = (await province.Start(_clock)).Account(Person.Id(1));

        Assert.Equal(view, System.Text.Json.JsonSerializer.Serialize(await restarted.GetAccount()));
        Assert.Equal(2, (await restarted.CheckSession(session.Id))!.Level);
        Assert.Equal(["name"], await restarted.GetApprovedClaims("portal"));
    }

    [Theory, EachDatabase]
    public async Task A_silo_without_its_database_grants_nothing_and_tells_no_number(DatabaseKind kind)
    {
        var (_, silo) = await OneAccount(kind);
        var account = silo.Account(Person.Id(1));
        var session = await account.LogIn();
        await silo.CutOff();
        Func<Task>[] questions =
        [
            () => account.CheckSession(session.Id),
            () => account.VerifyPassword(Eid.Hash),
            () => account.GetPasswordParameters(),
            () => account.GetApprovedClaims("portal"),
            () => account.TakeApproval("any"),
            () => account.GetPasskeys(),
            () => silo.Account(Person.Id(2)).VerifyPassword(Eid.Hash),
        ];

        foreach (var question in questions)
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(question);
            Assert.DoesNotContain("06708500000", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task An_account_is_verified_no_record_and_disturbs_no_verification(DatabaseKind kind)
    {
        var (province, silo) = await OneAccount(kind);
        await silo.Account(Person.Id(9)).Open(Eid.Registration() with { Holder = EidHolder.Foreigner, TravelDocument = "C1234567" });
        await silo.Logouts().Add([new LogoutNotice { Id = Guid.NewGuid(), Client = Eid.Client(), EndedAt = _clock.GetUtcNow() }]);

        var report = await province.Verify();

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Records);
        Assert.Equal(4, await province.Count("grain_state"));
    }

    private static async Task<string> Stored(Province province) =>
        Convert.ToHexString((byte[])(await province.Scalar("SELECT payload FROM grain_state WHERE grain_type = 'eid-account'"))!);

    private async Task<(Province Province, TestSilo Silo)> OneAccount(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        await silo.Account(Person.Id(1)).Open();
        return (province, silo);
    }
}
