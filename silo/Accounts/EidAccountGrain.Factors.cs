using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

internal sealed partial class EidAccountGrain
{
    private const int MemoryKiB = 19 * 1024;
    private const int Passes = 2;
    private const int MostPasskeys = 10;
    private const int RecoveryCodeCount = 10;
    private const int RecoveryCodeBytes = 8;
    private const int LongestName = 60;

    public async Task<PasswordParameters> GetPasswordParameters()
    {
        // An old salt would make a right password look wrong.
        await ConfirmNewest();
        return Account?.Password?.Parameters
            ?? new PasswordParameters { Salt = RandomNumberGenerator.GetBytes(16), MemoryKiB = MemoryKiB, Passes = Passes };
    }

    public async Task<EidAnswer> VerifyPassword(byte[] hash)
    {
        await ConfirmNewest();
        var kept = Account?.Password?.Hash ?? new byte[32];
        if (!CryptographicOperations.FixedTimeEquals(kept, hash) || Account?.Password is null)
        {
            return Refused(EidRefusals.ProofWrong);
        }

        return await Usable() is null ? Refused(StateRefusal()!) : Done();
    }

    public async Task<EidAnswer> SetPassword(PasswordRecord password, string? keepSession)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        var (kept, ended) = Split(account.Sessions, session => session.Id == keepSession);
        await Announce(ended);
        await Write(Noted(account with { Password = password, Sessions = kept }, "password.changed"));
        return Done();
    }

    public async Task<EidAnswer> BeginTotp()
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        var secret = RandomNumberGenerator.GetBytes(20);
        await Write(account with { PendingTotp = secret });
        return Done(Totp.Text(secret));
    }

    public async Task<EidAnswer> ConfirmTotp(string code, string deviceName)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (account.PendingTotp is not { } secret)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        if (Totp.Step(secret, code, Now) is not { } step)
        {
            return Refused(EidRefusals.ProofWrong);
        }

        var (kept, ended) = account.Totp is { } replaced ? Split(account.Sessions, session => !UsesDevice(session, replaced.Id)) : (account.Sessions, []);
        await Announce(ended);
        var device = new TotpDevice(NewId(12), Name(deviceName), secret, step, Now, Now);
        await Write(Noted(account with { Totp = device, PendingTotp = null, Sessions = kept }, "device.added", detail: $"otp {device.Name}"));
        return Done(device.Id);
    }

    public async Task<EidAnswer> VerifyTotp(string code)
    {
        if (await Provable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (account.Totp is not { } device)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        if (Totp.Step(device.Secret, code, Now) is not { } step)
        {
            return Refused(EidRefusals.ProofWrong);
        }

        if (step <= device.LastStep)
        {
            return Refused(EidRefusals.ProofUsed);
        }

        await Write(account with { Totp = device with { LastStep = step, UsedAt = Now } });
        return Done(device.Id);
    }

    public async Task<EidAnswer> AddPasskey(PasskeyRecord passkey)
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (Find(account, passkey.CredentialId) is { Passkey: var known } && known.PublicKey.AsSpan().SequenceEqual(passkey.PublicKey))
        {
            // The same registration again, after an answer that was lost.
            return Done(known.DeviceId);
        }

        if (account.Passkeys.Length >= MostPasskeys || Find(account, passkey.CredentialId) is not null)
        {
            return Refused(EidRefusals.FactorsTooMany);
        }

        var added = passkey with { Name = Name(passkey.Name), CreatedAt = Now, DeviceId = NewId(12) };
        await Write(Noted(account with { Passkeys = account.Passkeys.Add(new PasskeyDevice(added, null)) }, "device.added", detail: $"passkey {added.Name}"));
        return Done(added.DeviceId);
    }

    public async Task<ImmutableArray<PasskeyRecord>> GetPasskeys() =>
        await Provable() is { } account ? [.. account.Passkeys.Select(device => device.Passkey)] : [];

    public async Task<EidAnswer> UsePasskey(byte[] credentialId, long signCount, bool backedUp)
    {
        if (await Provable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        if (Find(account, credentialId) is not { } device)
        {
            return Refused(EidRefusals.FactorUnknown);
        }

        // A counter that stands still or goes back means that the key exists twice; zero means that the authenticator does not count.
        if (signCount <= device.Passkey.SignCount && (signCount != 0 || device.Passkey.SignCount != 0))
        {
            return Refused(EidRefusals.ProofUsed);
        }

        var used = device with { Passkey = device.Passkey with { SignCount = signCount, BackedUp = backedUp }, UsedAt = Now };
        await Write(account with { Passkeys = account.Passkeys.Replace(device, used) });
        return Done(device.Passkey.DeviceId);
    }

    public async Task<EidAnswer> IssueRecoveryCodes()
    {
        if (await Usable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        ImmutableArray<string> codes = [.. Enumerable.Range(0, RecoveryCodeCount).Select(_ => Convert.ToHexString(RandomNumberGenerator.GetBytes(RecoveryCodeBytes)))];
        await Write(Noted(account with { RecoveryCodes = [.. codes.Select(CodeDigest)] }, "recovery-codes.issued"));
        return new EidAnswer { Codes = codes };
    }

    public async Task<EidAnswer> UseRecoveryCode(string code)
    {
        if (await Provable() is not { } account)
        {
            return Refused(StateRefusal()!);
        }

        var digest = CodeDigest(code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant());
        if (!account.RecoveryCodes.Contains(digest))
        {
            return Refused(EidRefusals.ProofWrong);
        }

        await Write(Noted(account with { RecoveryCodes = account.RecoveryCodes.Remove(digest) }, "recovery-code.used"));
        return Done();
    }

    private static PasskeyDevice? Find(EidAccount account, byte[] credentialId) =>
        account.Passkeys.FirstOrDefault(device => device.Passkey.CredentialId.AsSpan().SequenceEqual(credentialId));

    private static string CodeDigest(string code) => Digest(Encoding.UTF8.GetBytes(code));

    private static string Name(string given) => given.Trim() is { Length: > 0 } name ? Cut(name, LongestName) : "—";
}
