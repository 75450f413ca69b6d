using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Platform.Identity.Storage;

/// <summary>
/// 256-bit secrets that all instances share and that outlive every key rotation: names made with them, such as pairwise subjects, must stay the
/// same for ever. The first instance to ask makes one.
/// </summary>
sealed class SharedSecrets(IDbContextFactory<IdentityDatabase> databases, IDataProtectionProvider protection)
{
    /// <summary>Makes the subjects by which relying parties know people.</summary>
    public const string Subjects = "subjects";

    /// <summary>Encrypts codes, refresh tokens and pushed requests.</summary>
    public const string Tokens = "tokens";

    /// <summary>Hides numbers and addresses in counters of failed attempts.</summary>
    public const string Attempts = "attempts";

    /// <summary>Makes DPoP nonces.</summary>
    public const string Nonces = "nonces";

    /// <summary>Makes the user handles of passkeys.</summary>
    public const string UserHandles = "user-handles";

    const int Length = 32;
    readonly ConcurrentDictionary<string, byte[]> _known = new();
    readonly IDataProtector _protector = protection.CreateProtector("shared-secrets");

    public static IReadOnlyList<string> All { get; } = [Subjects, Tokens, Attempts, Nonces, UserHandles];

    /// <summary>Reads or makes all of them; done before the first request.</summary>
    public async Task Load(CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        foreach (var name in All)
        {
            var made = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
            await database.Database.ExecuteSqlAsync(
                $"INSERT INTO secrets (name, protected_value) VALUES ({name}, {made}) ON CONFLICT DO NOTHING", ct);
            var kept = await database.Secrets.AsNoTracking().SingleAsync(row => row.Name == name, ct);
            _known[name] = Convert.FromBase64String(_protector.Unprotect(kept.ProtectedValue));
        }
    }

    public ReadOnlySpan<byte> Get(string name) =>
        _known.TryGetValue(name, out var secret) ? secret : throw new InvalidOperationException("The shared secrets are read at start.");
}
