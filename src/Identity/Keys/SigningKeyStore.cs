using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;
using Platform.Identity.Storage;

namespace Platform.Identity.Keys;

/// <summary>The rows of our signing keys. The private part is encrypted before it leaves this class.</summary>
sealed class SigningKeyStore(
    IDbContextFactory<IdentityDatabase> databases, DatabaseAddress address, IDataProtectionProvider protection, TimeProvider clock)
{
    readonly IDataProtector _protector = protection.CreateProtector("Platform.Identity.SigningKeys.v1");

    public async Task<IReadOnlyList<SigningKeyRow>> Load(CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.SigningKeys.AsNoTracking().OrderBy(row => row.Generation).ToListAsync(ct);
    }

    /// <summary>Adds the generation after <paramref name="newest"/>; false when another instance has done so first.</summary>
    public async Task<bool> TryAdd(long newest, DateTimeOffset signsFrom, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        return await Insert(database, newest + 1, signsFrom, ct);
    }

    /// <summary>Gives up all keys and starts to sign with a new one in the same instant.</summary>
    public async Task ReplaceAll(CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        await using var turn = await database.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var seconds = now.ToUnixTimeSeconds();
        await database.SigningKeys.Where(row => row.WithdrawnAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(key => key.WithdrawnAt, seconds).SetProperty(key => key.ProtectedPrivateKey, ""), ct);
        var newest = await database.SigningKeys.MaxAsync(row => (long?)row.Generation, ct) ?? 0;
        if (!await Insert(database, newest + 1, now, ct))
        {
            throw new CannotStartException("Another rotation is under way: look at the list of keys and try again.");
        }
        await turn.CommitAsync(ct);
    }

    /// <summary>Destroys the private part of keys that are no longer published.</summary>
    public async Task Forget(IReadOnlyCollection<long> generations, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        await database.SigningKeys.Where(row => generations.Contains(row.Generation))
            .ExecuteUpdateAsync(row => row.SetProperty(key => key.ProtectedPrivateKey, ""), ct);
    }

    public static ECDsaSecurityKey PublicKey(SigningKeyRow row)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(row.PublicKey), out _);
        return new ECDsaSecurityKey(key) { KeyId = row.KeyId };
    }

    public ECDsaSecurityKey PrivateKey(SigningKeyRow row)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(_protector.Unprotect(Convert.FromBase64String(row.ProtectedPrivateKey)), out _);
            return new ECDsaSecurityKey(key) { KeyId = row.KeyId };
        }
        catch (CryptographicException fault)
        {
            throw new CannotStartException(
                $"The signing key in {address.Name} cannot be decrypted with the configured key ring: restore the ring that belongs to this " +
                "database, or run the command 'keys rotate --at-once' to give up the old keys.", fault);
        }
    }

    async Task<bool> Insert(IdentityDatabase database, long generation, DateTimeOffset signsFrom, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint());
        var publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var privateKey = Convert.ToBase64String(_protector.Protect(key.ExportPkcs8PrivateKey()));
        var added = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO signing_keys (generation, key_id, public_key, protected_private_key, created_at, signs_from)
            VALUES ({generation}, {keyId}, {publicKey}, {privateKey}, {clock.GetUtcNow().ToUnixTimeSeconds()}, {signsFrom.ToUnixTimeSeconds()})
            ON CONFLICT DO NOTHING
            """, ct);
        return added == 1;
    }
}
