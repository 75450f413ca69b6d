using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Silo.Accounts;
using Platform.Silo.Citizens;
using Xunit;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>What holders, officials and the identity server typically ask of an account.</summary>
internal static class Eid
{
    public static byte[] Hash { get; } = [.. Enumerable.Repeat((byte)7, 32)];

    public static byte[] DeviceSecret { get; } = [.. Enumerable.Repeat((byte)3, 32)];

    public static AuthorityCall Order { get; } = new() { Official = "officer-1", Reason = "order 12/QĐ" };

    public static LockCall Holder { get; } = new() { By = EidLockedBy.Holder };

    public static LockCall Authority { get; } = new() { By = EidLockedBy.Authority, Authority = Order };

    public static CheckedFactor Password { get; } = new() { Kind = FactorKind.Password };

    public static IEidAccountGrain Account(this TestSilo silo, PersonalId number) => silo.Grain<IEidAccountGrain>(number.Reveal());

    public static IEidLogouts Logouts(this TestSilo silo) => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IEidLogouts>(IEidLogouts.Key);

    public static T Grain<T>(this TestSilo silo, string key)
        where T : IGrainWithStringKey => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(key);

    public static PasswordRecord Record(byte of = 7) => new()
    {
        Parameters = new PasswordParameters { Salt = [.. Enumerable.Repeat(of, 16)], MemoryKiB = 19456, Passes = 2 },
        Hash = [.. Enumerable.Repeat(of, 32)],
    };

    public static RaiseLevelCall Check(DateTimeOffset at) => new() { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = at };

    public static RegisterAccountCall Registration(int level = 2) => new()
    {
        Holder = EidHolder.Citizen,
        Level = level,
        Check = level == 2 ? Check(Person.Now.AddDays(-1)) : null,
        HolderAgreed = true,
        By = "officer-1",
    };

    /// <summary>Registers and activates.</summary>
    public static async Task<IEidAccountGrain> Open(this IEidAccountGrain account, RegisterAccountCall? registration = null)
    {
        Done(await account.Activate(Done(await account.Register(registration ?? Registration())).Secret!, Record()));
        return account;
    }

    public static EidAnswer Done(EidAnswer answer)
    {
        Assert.Null(answer.Refusal);
        return answer;
    }

    public static async Task<string> AddApp(this IEidAccountGrain account, FakeTimeProvider clock) =>
        Done(await account.ConfirmTotp(Code(Done(await account.BeginTotp()).Secret!, clock, -1), "app")).Secret!;

    public static async Task<string> AddPhone(this IEidAccountGrain account) =>
        Done(await account.AddDevice(new AddDeviceCall { Name = "phone", SecretHash = DeviceSecret })).Secret!;

    /// <summary>The code that an authenticator app would show so many steps from now.</summary>
    public static string Code(string secret, FakeTimeProvider clock, int steps = 0) => Totp.Code(Bytes(secret), (clock.GetUtcNow().ToUnixTimeSeconds() / 30) + steps);

    public static PasskeyRecord Passkey(byte id = 1, long count = 0) => new()
    {
        CredentialId = [id, 2, 3],
        PublicKey = [id, 5],
        Name = "key",
        SignCount = count,
        BackupEligible = false,
        BackedUp = false,
        AttestationObject = [6],
        ClientData = [7],
    };

    public static StartApprovalCall Question(PersonalId? ward = null) => new()
    {
        ClientName = "Cổng dịch vụ",
        Number = "42",
        Place = "Firefox",
        Ward = ward?.Reveal(),
        WardName = ward is null ? null : "NGUYỄN VĂN BÉ",
    };

    public static DecideApprovalCall Answer(string approval, bool approve = true, string? number = "42") =>
        new() { DeviceSecretHash = DeviceSecret, ApprovalId = approval, Approve = approve, Number = number };

    public static OpenSessionCall Login(params CheckedFactor[] factors) => new() { Factors = factors.Length == 0 ? [Password] : [.. factors], Place = "Firefox" };

    public static async Task<EidSessionView> LogIn(this IEidAccountGrain account, params CheckedFactor[] factors) =>
        Done(await account.OpenSession(Login(factors))).Session!;

    /// <summary>A session of level 2.</summary>
    public static async Task<EidSessionView> LogInWithPhone(this IEidAccountGrain account)
    {
        var phone = (await account.GetAccount())!.Devices.FirstOrDefault(device => device.Kind == FactorKind.Approval)?.Id ?? await account.AddPhone();
        return await account.LogIn(Password, new CheckedFactor { Kind = FactorKind.Approval, DeviceId = phone });
    }

    public static SessionClient Client(string id = "portal") => new() { ClientId = id, Subject = $"sub-{id}", Sid = $"sid-{id}" };

    /// <summary>The population record says something else of the citizen from now on, with its entry in the ledger.</summary>
    public static async Task Becomes(this Province province, TestSilo silo, PersonalId citizen, CitizenStatus status)
    {
        var payload = (byte[])(await province.Scalar(
            "SELECT payload FROM grain_state WHERE grain_type = 'record' AND grain_key = @key", ("key", citizen.Reveal())))!;
        var state = DomainJson.Read<CitizenState>(Encoding.UTF8.GetString(payload));
        var changed = state with { Record = state.Record! with { Status = status } };
        await province.Execute(
            "UPDATE grain_state SET payload = @payload, version = version + 1 WHERE grain_type = 'record' AND grain_key = @key",
            ("payload", Encoding.UTF8.GetBytes(DomainJson.Write(changed))),
            ("key", citizen.Reveal()));
        var body = DomainJson.Write(new ImportBody(["population"], 0, [], changed.Record.Digest()));
        var head = (await province.Ledger(citizen))[^1].Head;
        var draft = new EntryDraft { Id = Guid.CreateVersion7(), Kind = LedgerKinds.RecordImported, At = Person.Now, Body = body };
        Assert.True(await silo.Writer.Append(LedgerEntry.Extend(head, citizen.Reveal(), draft)));
    }

    /// <summary>A citizen's record with a birth date; null for none.</summary>
    public static CitizenRecord Born(int number, string? birthDate)
    {
        var values = new Dictionary<string, string> { ["profile.fullName"] = "NGUYỄN THỊ HOA", ["profile.sex"] = "2" };
        if (birthDate is not null)
        {
            values["profile.birthDate"] = birthDate;
        }

        return new CitizenRecord { PersonalId = Person.Id(number) }.WithAttributes(
            new Provenance { Source = "population", AsOf = Person.Now, Version = 1 }, AttributeValues.From(values));
    }

    /// <summary>Calls both at the same moment, each as often as it takes to get an answer.</summary>
    public static async Task<ImmutableArray<T>> Both<T>(Func<Task<T>> one, Func<Task<T>> other) =>
        [.. await Task.WhenAll(Task.Run(() => Retry.Again(one)), Task.Run(() => Retry.Again(other)))];

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
