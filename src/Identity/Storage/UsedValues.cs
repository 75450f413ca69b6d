using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Platform.Identity.Storage;

/// <summary>
/// Remembers in the database that all instances share what may be used once: client assertions, proofs, challenges. Kept until it would be refused
/// as expired anyway.
/// </summary>
sealed class UsedValues(IDbContextFactory<IdentityDatabase> databases, TimeProvider clock) : IPruned
{
    /// <summary>True for the first caller with this value in this context, whatever instance it is on; false for every later one.</summary>
    public async Task<bool> TryUse(string context, string value, DateTimeOffset refusedFrom, CancellationToken ct)
    {
        // A digest, because somebody else chooses the value: it may be long, and it may hold what should not lie in a database.
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{context}\0{value}")));
        await using var database = await databases.CreateDbContextAsync(ct);
        var added = await database.Database.ExecuteSqlAsync(
            $"INSERT INTO used_assertions (digest, expires_at) VALUES ({digest}, {refusedFrom.ToUnixTimeSeconds()}) ON CONFLICT DO NOTHING", ct);
        return added == 1;
    }

    public async Task<int> Prune(CancellationToken ct)
    {
        // A minute late, so that instances whose clocks differ a little never forget what another would still accept.
        var before = (clock.GetUtcNow() - TimeSpan.FromMinutes(1)).ToUnixTimeSeconds();
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.UsedValues.Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(ct);
    }
}
