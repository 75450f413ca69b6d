using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Identity.Storage;

namespace Platform.Identity.Attempts;

/// <summary>Counts attempts in the database that all instances share. An attempt is counted before it is made, so many at once cannot slip through.</summary>
sealed class AttemptStore(IDbContextFactory<IdentityDatabase> databases, SharedSecrets secrets, TimeProvider clock) : IPruned
{
    // Beyond this the pause is at its longest anyway; it keeps the shift small.
    const int MostDoublings = 16;

    /// <summary>Counts one attempt; null if it may be made, else when the next one may.</summary>
    public async Task<DateTimeOffset?> Take(AttemptLimit limit, string subject, CancellationToken ct)
    {
        var key = Key(limit, subject);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var forgetAt = now + (long)limit.ForgetAfter.TotalSeconds;
        var (free, pause, longest) = (limit.Free, (long)limit.Pause.TotalSeconds, (long)limit.LongestPause.TotalSeconds);
        await using var database = await databases.CreateDbContextAsync(ct);
        // The row's lock makes attempts that come together take turns. One that must wait changes nothing, so nobody can draw the pause out.
        var counted = await database.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO attempts (key, count, next_at, forget_at) VALUES ({key}, 1, 0, {forgetAt})
             ON CONFLICT (key) DO UPDATE SET
                 count = CASE WHEN attempts.forget_at <= {now} THEN 1 ELSE attempts.count + 1 END,
                 next_at = CASE
                     WHEN attempts.forget_at <= {now} OR attempts.count + 1 < {free} THEN 0
                     WHEN attempts.count + 1 - {free} >= {MostDoublings} OR ({pause} << CAST(attempts.count + 1 - {free} AS integer)) > {longest} THEN {now} + {longest}
                     ELSE {now} + ({pause} << CAST(attempts.count + 1 - {free} AS integer)) END,
                 forget_at = {forgetAt}
             WHERE attempts.next_at <= {now}
             """,
            ct);
        if (counted == 1)
        {
            return null;
        }
        var next = await database.Attempts.AsNoTracking().Where(row => row.Key == key).Select(row => (long?)row.NextAt).SingleOrDefaultAsync(ct);
        return DateTimeOffset.FromUnixTimeSeconds(Math.Max(next ?? 0, now + 1));
    }

    /// <summary>Takes back an attempt that turned out to be the holder's, or was not made; it was free or had waited, so no pause is left of it.</summary>
    public async Task GiveBack(AttemptLimit limit, string subject, CancellationToken ct)
    {
        var key = Key(limit, subject);
        await using var database = await databases.CreateDbContextAsync(ct);
        await database.Attempts.Where(row => row.Key == key && row.Count > 0)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Count, one => one.Count - 1).SetProperty(one => one.NextAt, 0L), ct);
    }

    /// <summary>Forgets all attempts.</summary>
    public async Task Clear(AttemptLimit limit, string subject, CancellationToken ct)
    {
        var key = Key(limit, subject);
        await using var database = await databases.CreateDbContextAsync(ct);
        await database.Attempts.Where(row => row.Key == key).ExecuteDeleteAsync(ct);
    }

    public async Task<int> Prune(CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.Attempts.Where(row => row.ForgetAt <= now && row.NextAt <= now).ExecuteDeleteAsync(ct);
    }

    string Key(AttemptLimit limit, string subject) =>
        Convert.ToBase64String(HMACSHA256.HashData(secrets.Get(SharedSecrets.Attempts), Encoding.UTF8.GetBytes($"{limit.Name}\0{subject}")));
}
