using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;

namespace Platform.Identity.Factors;

/// <summary>What a page needs to ask the browser for a passkey: options for it, and a sealed ticket that comes back with the answer.</summary>
public sealed record PasskeyQuestion(string Options, string Ticket);

/// <summary>Whom a passkey proved, or a code of <see cref="EidRefusals"/>.</summary>
sealed record PasskeyProof(PersonalId Number, CheckedFactor? Factor, string? Refusal);

/// <summary>
/// WebAuthn. A challenge belongs to one page of one browser, lives five minutes and is used up by its first answer, right or wrong, whichever
/// instance that reaches.
/// </summary>
sealed class Passkeys(
    IPasskeyHandler<PasskeyAccount> handler, UserHandles handles, EidAccounts accounts, UsedValues used, IDataProtectionProvider protection, TimeProvider clock)
{
    const int LongestAnswer = 24 * 1024;
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    readonly IDataProtector _protector = protection.CreateProtector("passkey-challenge");

    /// <summary>Asks for any passkey of this server; <paramref name="place"/> binds the answer to the page that asked.</summary>
    public async Task<PasskeyQuestion> AskForLogin(HttpContext context, string place)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        return new PasskeyQuestion(made.RequestOptionsJson, Seal(made.AssertionState, $"login {place}"));
    }

    /// <summary>Asks for a new passkey of the account.</summary>
    public async Task<PasskeyQuestion> AskForNew(HttpContext context, PersonalId number, string name, string place)
    {
        var user = new PasskeyUserEntity { Id = handles.Make(number), Name = number.ToString(), DisplayName = name.Length > 0 ? name : number.ToString() };
        var made = await handler.MakeCreationOptionsAsync(user, context);
        return new PasskeyQuestion(made.CreationOptionsJson, Seal(made.AttestationState, $"new {place}"));
    }

    /// <summary>Checks an answer to <see cref="AskForLogin"/> and records the use.</summary>
    public async Task<PasskeyProof> CheckLogin(HttpContext context, string place, string ticket, string answer, CancellationToken ct)
    {
        if (await Open(ticket, $"login {place}", answer, ct) is not { } state)
        {
            return new PasskeyProof(default, null, EidRefusals.ProofUsed);
        }
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = state });
        if (!result.Succeeded)
        {
            return new PasskeyProof(default, null, EidRefusals.ProofWrong);
        }
        var (number, passkey) = (result.User.Number, result.Passkey);
        var recorded = await accounts.Ask(number, account => account.UsePasskey(passkey.CredentialId, passkey.SignCount, passkey.IsBackedUp));
        if (recorded.Refusal is not null)
        {
            return new PasskeyProof(number, null, recorded.Refusal);
        }
        var kept = (await accounts.Ask(number, account => account.GetPasskeys()))
            .FirstOrDefault(one => one.CredentialId.AsSpan().SequenceEqual(passkey.CredentialId));
        return kept is null
            ? new PasskeyProof(number, null, EidRefusals.FactorUnknown)
            : new PasskeyProof(
                number, new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = kept.DeviceId, DeviceBound = !kept.BackupEligible }, null);
    }

    /// <summary>Checks an answer to <see cref="AskForNew"/> and adds the passkey; null or a code of <see cref="EidRefusals"/>.</summary>
    public async Task<string?> CheckNew(
        HttpContext context, PersonalId number, string place, string ticket, string answer, string name, CancellationToken ct)
    {
        if (await Open(ticket, $"new {place}", answer, ct) is not { } state)
        {
            return EidRefusals.ProofUsed;
        }
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != handles.Make(number) || !result.Passkey.IsUserVerified)
        {
            return EidRefusals.ProofWrong;
        }
        var passkey = result.Passkey;
        var added = await accounts.Ask(number, account => account.AddPasskey(new PasskeyRecord
        {
            CredentialId = passkey.CredentialId,
            PublicKey = passkey.PublicKey,
            Name = name,
            SignCount = passkey.SignCount,
            Transports = [.. passkey.Transports ?? []],
            BackupEligible = passkey.IsBackupEligible,
            BackedUp = passkey.IsBackedUp,
            AttestationObject = passkey.AttestationObject,
            ClientData = passkey.ClientDataJson,
        }));
        return added.Refusal;
    }

    string Seal(string? state, string place) =>
        _protector.Protect(JsonSerializer.Serialize(new Ticket(state ?? "", place, clock.GetUtcNow() + Lifetime)));

    async Task<string?> Open(string text, string place, string answer, CancellationToken ct)
    {
        if (answer.Length is 0 or > LongestAnswer
            || SafeCookies.Unprotect(_protector, text) is not { } json
            || JsonSerializer.Deserialize<Ticket>(json) is not { } ticket
            || ticket.Place != place
            || ticket.Until <= clock.GetUtcNow())
        {
            return null;
        }
        // The state holds the challenge, which is random.
        return await used.TryUse("passkey", ticket.State, ticket.Until, ct) ? ticket.State : null;
    }

    sealed record Ticket(string State, string Place, DateTimeOffset Until);
}
