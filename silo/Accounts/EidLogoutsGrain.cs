using System.Collections.Immutable;
using Platform.Contracts;

namespace Platform.Silo.Accounts;

/// <summary>Keeps logout notices until they are delivered or two hours old.</summary>
[GrainType("eid-logouts")]
internal sealed class EidLogoutsGrain(
    [PersistentState("eid-logouts", AccountStore.Storage)] IPersistentState<WaitingLogouts> stored,
    [FromKeyedServices(SiloClock.Key)] TimeProvider clock) : Grain, IEidLogouts
{
    private const int Most = 10_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public Task Add(ImmutableArray<LogoutNotice> notices) =>
        // Beyond the bound the oldest are given up first: those relying parties have not answered for longest.
        Write([.. stored.State.Notices.AddRange(notices.Select(notice => new WaitingLogout(notice, 0, DateTimeOffset.MinValue))).TakeLast(Most)]);

    public async Task<ImmutableArray<LogoutNotice>> Take(int count, TimeSpan lease)
    {
        var now = clock.GetUtcNow();
        var taken = stored.State.Notices.Where(waiting => waiting.NotBefore <= now).Take(count).Select(waiting => waiting.Notice).ToImmutableArray();
        if (!taken.IsEmpty)
        {
            var ids = taken.Select(notice => notice.Id).ToHashSet();
            await Write([.. stored.State.Notices.Select(waiting => ids.Contains(waiting.Notice.Id) ? waiting with { NotBefore = now + lease } : waiting)]);
        }

        return taken;
    }

    public Task Delivered(ImmutableArray<Guid> notices) =>
        notices.IsEmpty ? Task.CompletedTask : Write(stored.State.Notices.RemoveAll(waiting => notices.Contains(waiting.Notice.Id)));

    public Task Failed(ImmutableArray<Guid> notices)
    {
        if (notices.IsEmpty)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        return Write(
        [
            .. stored.State.Notices
                .Where(waiting => !notices.Contains(waiting.Notice.Id) || waiting.Notice.EndedAt + IEidLogouts.GiveUpAfter > now)
                .Select(waiting => notices.Contains(waiting.Notice.Id)
                    ? waiting with { Tries = waiting.Tries + 1, NotBefore = now + Wait(waiting.Tries) }
                    : waiting),
        ]);
    }

    private static TimeSpan Wait(int tries) =>
        tries < 10 && FirstWait * Math.Pow(2, tries) is var wait && wait < LongestWait ? wait : LongestWait;

    private async Task Write(ImmutableArray<WaitingLogout> notices)
    {
        var before = stored.State;
        stored.State = new WaitingLogouts { Notices = notices };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            stored.State = before;
            DeactivateOnIdle();
            throw new TryAgainException(TryAgainException.RecordUnavailable, $"The logout notices could not be stored ({exception.GetType().Name}).");
        }
    }
}

/// <summary>What is stored of logout notices.</summary>
public sealed record WaitingLogouts
{
    public ImmutableArray<WaitingLogout> Notices { get; init; } = [];
}

/// <summary>A notice, how often it was tried, and when it may be tried again.</summary>
public sealed record WaitingLogout(LogoutNotice Notice, int Tries, DateTimeOffset NotBefore);
