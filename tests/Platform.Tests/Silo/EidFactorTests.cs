using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Codes and keys count once, whichever silo they reach.</summary>
public sealed class EidFactorTests(PostgresServer postgres) : KernelTest(postgres)
{
    private readonly FakeTimeProvider _clock = Clock.MidMonth();

    [Theory, EachDatabase]
    public async Task An_authenticator_app_counts_once_it_has_shown_a_right_code(DatabaseKind kind)
    {
        var (_, account, _) = await OneAccount(kind);
        Assert.Equal(EidRefusals.FactorUnknown, (await account.ConfirmTotp("000000", "app")).Refusal);
        var replaced = Eid.Done(await account.BeginTotp()).Secret!;
        var secret = Eid.Done(await account.BeginTotp()).Secret!;
        Assert.NotEqual(replaced, secret);

        Assert.Equal(EidRefusals.ProofWrong, (await account.ConfirmTotp(Eid.Code(replaced, _clock), "app")).Refusal);
        Assert.Equal(EidRefusals.FactorUnknown, (await account.VerifyTotp(Eid.Code(secret, _clock))).Refusal);
        var confirmed = Eid.Code(secret, _clock, -1);
        var device = Eid.Done(await account.ConfirmTotp(confirmed, $"  {new string('x', 59)}🔑  ")).Secret;

        Assert.Equal(EidRefusals.ProofUsed, (await account.VerifyTotp(confirmed)).Refusal);
        Assert.Equal(device, Eid.Done(await account.VerifyTotp(Eid.Code(secret, _clock))).Secret);
        var view = Assert.Single((await account.GetAccount())!.Devices);
        Assert.Equal((FactorKind.Totp, new string('x', 59), device), (view.Kind, view.Name, view.Id));
    }

    [Theory, EachDatabase]
    public async Task Each_step_counts_once_and_none_before_it(DatabaseKind kind)
    {
        var (province, account, _) = await OneAccount(kind);
        var secret = await App(account);
        async Task<string?> Verify(int step) => (await account.VerifyTotp(Eid.Code(secret, _clock, step))).Refusal;

        Assert.Null(await Verify(1));
        Assert.Equal(EidRefusals.ProofUsed, await Verify(1));
        Assert.Equal(EidRefusals.ProofUsed, await Verify(0));
        Assert.Equal(EidRefusals.ProofWrong, await Verify(2));
        account = (await province.Start(_clock)).Account(Person.Id(1));
        Assert.Equal(EidRefusals.ProofUsed, await Verify(1));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await Verify(0));
    }

    [Theory, EachDatabase]
    public async Task A_step_counts_once_on_two_silos_at_the_same_moment(DatabaseKind kind)
    {
        var (province, account, other) = await TwoSilos(kind);
        var secret = await App(account);
        for (var round = 0; round < 5; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            var code = Eid.Code(secret, _clock);

            var answers = await Eid.Both(() => account.VerifyTotp(code), () => other.VerifyTotp(code));

            Assert.Equal([null, EidRefusals.ProofUsed], answers.Select(answer => answer.Refusal).Order());
        }

        Assert.NotNull(province);
    }

    [Theory, EachDatabase]
    public async Task A_recovery_code_counts_once_on_two_silos_at_the_same_moment(DatabaseKind kind)
    {
        var (_, account, other) = await TwoSilos(kind);
        var codes = Eid.Done(await account.IssueRecoveryCodes()).Codes;
        foreach (var code in codes.Take(3))
        {
            var answers = await Eid.Both(() => account.UseRecoveryCode(code), () => other.UseRecoveryCode(code));

            Assert.Equal([null, EidRefusals.ProofWrong], answers.Select(answer => answer.Refusal).Order());
        }

        Assert.Equal(7, (await Retry.Again(account.GetAccount))!.RecoveryCodesLeft);
    }

    [Theory, EachDatabase]
    public async Task New_recovery_codes_take_the_place_of_all_earlier_ones_and_are_forgiving_to_type(DatabaseKind kind)
    {
        var (province, account, _) = await OneAccount(kind);
        var earlier = Eid.Done(await account.IssueRecoveryCodes()).Codes;
        var codes = Eid.Done(await account.IssueRecoveryCodes()).Codes;

        Assert.Equal(20, earlier.Concat(codes).Distinct().Count());
        Assert.Equal(EidRefusals.ProofWrong, (await account.UseRecoveryCode(earlier[0])).Refusal);
        Assert.Equal(EidRefusals.ProofWrong, (await account.UseRecoveryCode("")).Refusal);
        Eid.Done(await account.UseRecoveryCode($" {codes[0][..8].ToLowerInvariant()}-{codes[0][8..]} "));
        var stored = System.Text.Encoding.UTF8.GetString((byte[])(await province.Scalar("SELECT payload FROM grain_state WHERE grain_type = 'eid-account'"))!);
        Assert.DoesNotContain(codes[1], stored, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(5, 6, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    public async Task A_signature_counter_must_grow_unless_the_authenticator_does_not_count(long kept, long shown, bool counts)
    {
        var (_, account, _) = await OneAccount(DatabaseKind.Sqlite);
        var device = Eid.Done(await account.AddPasskey(Eid.Passkey(count: kept))).Secret;

        var answer = await account.UsePasskey(Eid.Passkey().CredentialId, shown, backedUp: true);

        Assert.Equal(counts ? null : EidRefusals.ProofUsed, answer.Refusal);
        Assert.Equal(counts ? device : null, answer.Secret);
        var passkey = Assert.Single(await account.GetPasskeys());
        Assert.Equal((counts ? shown : kept, counts, device), (passkey.SignCount, passkey.BackedUp, passkey.DeviceId));
    }

    [Theory, EachDatabase]
    public async Task A_counter_counts_once_on_two_silos_at_the_same_moment(DatabaseKind kind)
    {
        var (_, account, other) = await TwoSilos(kind);
        await Retry.Again(() => account.AddPasskey(Eid.Passkey(count: 1)));

        var answers = await Eid.Both(
            () => account.UsePasskey(Eid.Passkey().CredentialId, 2, false), () => other.UsePasskey(Eid.Passkey().CredentialId, 2, false));

        Assert.Equal([null, EidRefusals.ProofUsed], answers.Select(answer => answer.Refusal).Order());
    }

    [Theory, EachDatabase]
    public async Task Ten_passkeys_and_five_phones_are_enough_and_the_same_passkey_is_added_once(DatabaseKind kind)
    {
        var (_, account, _) = await OneAccount(kind);
        for (byte key = 1; key <= 10; key++)
        {
            Eid.Done(await account.AddPasskey(Eid.Passkey(key)));
        }

        Assert.Equal(EidRefusals.FactorsTooMany, (await account.AddPasskey(Eid.Passkey(11))).Refusal);
        var known = (await account.GetPasskeys())[4].DeviceId;
        Assert.Equal(known, Eid.Done(await account.AddPasskey(Eid.Passkey(5))).Secret);
        Assert.Equal(EidRefusals.FactorsTooMany, (await account.AddPasskey(Eid.Passkey(5) with { PublicKey = [9] })).Refusal);
        Eid.Done(await account.RemoveDevice(known));
        Eid.Done(await account.AddPasskey(Eid.Passkey(11)));
        Assert.Equal(EidRefusals.FactorUnknown, (await account.UsePasskey(Eid.Passkey(5).CredentialId, 9, false)).Refusal);

        for (byte phone = 1; phone <= 5; phone++)
        {
            Eid.Done(await account.AddDevice(new AddDeviceCall { Name = "", SecretHash = [.. Enumerable.Repeat(phone, 32)] }));
        }

        Assert.Equal(EidRefusals.FactorsTooMany, (await account.AddDevice(new AddDeviceCall { Name = "six", SecretHash = new byte[32] })).Refusal);
        Assert.Equal("—", (await account.GetAccount())!.Devices[^1].Name);
    }

    [Theory, EachDatabase]
    public async Task While_the_own_lock_stands_factors_can_be_shown_and_nothing_else(DatabaseKind kind)
    {
        var (_, account, _) = await OneAccount(kind);
        var secret = await App(account);
        await account.AddPasskey(Eid.Passkey());
        var codes = (await account.IssueRecoveryCodes()).Codes;
        await account.Lock(Eid.Holder);
        _clock.Advance(TimeSpan.FromSeconds(60));

        Eid.Done(await account.VerifyTotp(Eid.Code(secret, _clock)));
        Eid.Done(await account.UsePasskey(Eid.Passkey().CredentialId, 1, false));
        Eid.Done(await account.UseRecoveryCode(codes[0]));
        Assert.Single(await account.GetPasskeys());
        Assert.Equal(EidRefusals.AccountLocked, (await account.VerifyPassword(Eid.Hash)).Refusal);
        Assert.Equal(EidRefusals.AccountLocked, (await account.IssueRecoveryCodes()).Refusal);
        Assert.Equal(EidRefusals.AccountLocked, (await account.BeginTotp()).Refusal);
        Assert.Equal(EidRefusals.AccountLocked, (await account.AddPasskey(Eid.Passkey(2))).Refusal);

        await account.Lock(Eid.Authority);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(EidRefusals.AccountLocked, (await account.VerifyTotp(Eid.Code(secret, _clock))).Refusal);
        Assert.Equal(EidRefusals.AccountLocked, (await account.UseRecoveryCode(codes[1])).Refusal);
        Assert.Empty(await account.GetPasskeys());
    }

    private async Task<string> App(IEidAccountGrain account)
    {
        var secret = Eid.Done(await account.BeginTotp()).Secret!;
        Eid.Done(await account.ConfirmTotp(Eid.Code(secret, _clock, -1), "app"));
        return secret;
    }

    private async Task<(Province Province, IEidAccountGrain Account, TestSilo Silo)> OneAccount(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Import(Person.Record(1));
        var silo = await province.Start(_clock);
        return (province, await silo.Account(Person.Id(1)).Open(), silo);
    }

    private async Task<(Province Province, IEidAccountGrain Account, IEidAccountGrain Other)> TwoSilos(DatabaseKind kind)
    {
        var (province, account, _) = await OneAccount(kind);
        var other = (await province.Start(_clock)).Account(Person.Id(1));
        await other.GetAccount();
        return (province, account, other);
    }
}
