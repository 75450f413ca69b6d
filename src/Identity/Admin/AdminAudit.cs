using Microsoft.EntityFrameworkCore;
using Platform.Identity.Audit;
using Platform.Identity.Storage;

namespace Platform.Identity.Admin;

/// <summary>Keeps who administered what; written before the answer, also for what was refused.</summary>
sealed class AdminAudit(IDbContextFactory<IdentityDatabase> databases, IdentityAudit audit, TimeProvider clock)
{
    const string Done = "done";

    /// <summary>The actor of what was done by command: who may start it is the machine's business.</summary>
    public const string CommandLine = "command-line";

    public Task Keep(AdminCaller caller, string action, string target, string? refusal, CancellationToken ct) =>
        Keep(caller.Subject, action, target, refusal, ct);

    public async Task Keep(string actor, string action, string target, string? refusal, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        database.AuditEvents.Add(new AuditRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            At = now.ToUnixTimeSeconds(),
            Actor = actor,
            Action = action,
            Target = target,
            Outcome = refusal ?? Done,
        });
        await database.SaveChangesAsync(ct);
        audit.Administered(action, refusal ?? Done);
    }

    /// <summary>Acts after the one with this id, oldest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> Read(string after, int count, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.AuditEvents.AsNoTracking()
            .Where(row => row.Id.CompareTo(after) > 0)
            .OrderBy(row => row.Id)
            .Take(count)
            .ToListAsync(ct);
    }
}
