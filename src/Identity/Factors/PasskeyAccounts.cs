using Microsoft.AspNetCore.Identity;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Accounts;

namespace Platform.Identity.Factors;

/// <summary>An account as the framework's WebAuthn checks see it.</summary>
sealed record PasskeyAccount(PersonalId Number);

/// <summary>Finds accounts by user handle and their passkeys in the cluster; what changes a passkey goes to the account directly.</summary>
sealed class PasskeyAccounts(EidAccounts accounts, UserHandles handles) : IUserPasskeyStore<PasskeyAccount>
{
    public Task<PasskeyAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(handles.Open(userId) is { } number ? new PasskeyAccount(number) : null);

    public Task<string> GetUserIdAsync(PasskeyAccount user, CancellationToken cancellationToken) => Task.FromResult(handles.Make(user.Number));

    // Only the masked form: it goes into browsers and their logs.
    public Task<string?> GetUserNameAsync(PasskeyAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Number.ToString());

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyAccount user, CancellationToken cancellationToken) =>
        [.. (await accounts.Ask(user.Number, account => account.GetPasskeys())).Select(Info)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId));

    // Credentials are looked for in the account that the user handle names, never across accounts.
    public Task<PasskeyAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<PasskeyAccount?>(null);

    public Task AddOrUpdatePasskeyAsync(PasskeyAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NotHere();

    public Task RemovePasskeyAsync(PasskeyAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw NotHere();

    public Task SetUserNameAsync(PasskeyAccount user, string? userName, CancellationToken cancellationToken) => throw NotHere();

    public Task<string?> GetNormalizedUserNameAsync(PasskeyAccount user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task SetNormalizedUserNameAsync(PasskeyAccount user, string? normalizedName, CancellationToken cancellationToken) => throw NotHere();

    public Task<PasskeyAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<PasskeyAccount?>(null);

    public Task<IdentityResult> CreateAsync(PasskeyAccount user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> UpdateAsync(PasskeyAccount user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> DeleteAsync(PasskeyAccount user, CancellationToken cancellationToken) => throw NotHere();

    public void Dispose()
    {
    }

    static NotSupportedException NotHere() => new("Accounts are changed through the cluster.");

    static UserPasskeyInfo Info(PasskeyRecord passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, (uint)passkey.SignCount, [.. passkey.Transports], isUserVerified: true,
        passkey.BackupEligible, passkey.BackedUp, passkey.AttestationObject, passkey.ClientData);
}
