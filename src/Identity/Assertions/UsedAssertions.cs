using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Identity.Storage;

namespace Platform.Identity.Assertions;

/// <summary>Remembers accepted assertions in the database that all instances share, until they would be refused as expired anyway.</summary>
sealed class UsedAssertions(IDbContextFactory<IdentityDatabase> databases, TimeProvider clock)
{
    /// <summary>True for the first caller with this pair, whatever instance it is on; false for every later one.</summary>
    public async Task<bool> TryUse(string clientId, string id, DateTimeOffset refusedFrom, CancellationToken ct)
    {
        // A digest, because a client chooses the id: it may be long, and it may hold what should not lie in a database.
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\0{id}")));
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
        return await database.UsedAssertions.Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(ct);
    }
}
