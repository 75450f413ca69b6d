using System.Collections.Concurrent;
using Platform.Contracts;
using Platform.Domain.Sharing;
using Platform.Silo.Storage;

namespace Platform.Silo.Rules;

/// <summary>
/// The daily quotas of sector systems over all citizens. A silo takes releases out of the database in chunks, which get smaller as the quota is used up,
/// and gives them away one by one: a quota is never exceeded, and what a silo that dies had left is lost to the system for that day.
/// </summary>
internal sealed class SystemQuotas(PlatformDatabase database, RuleMetrics metrics)
{
    private const int ChunksLeft = 16;
    private const int LargestChunk = 500;
    private const int Attempts = 20;

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>True if one more release is the system's on that civil day; <see cref="TryAgainException"/> if that cannot be told.</summary>
    public async ValueTask<bool> Take(SectorSystem system, DateOnly day)
    {
        if (system.DailyReleases is not { } limit)
        {
            return true;
        }

        var held = _held.GetOrAdd(system.Id, _ => new Held());
        await held.Gate.WaitAsync();
        try
        {
            // What was taken out for another day or under another quota is not given away any more.
            if (held.Day != day || held.Limit != limit)
            {
                (held.Day, held.Limit, held.Left) = (day, limit, 0);
            }

            if (held.Left == 0)
            {
                held.Left = await Chunk(system.Id, day, limit);
            }

            if (held.Left == 0)
            {
                metrics.Exhausted(system.Id);
                return false;
            }

            held.Left--;
            return true;
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            throw new TryAgainException(TryAgainException.LedgerUnavailable, $"The quota could not be counted ({exception.GetType().Name}).");
        }
        finally
        {
            held.Gate.Release();
        }
    }

    private async Task<int> Chunk(string system, DateOnly day, int limit)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var open = connection
            .Command("INSERT INTO system_quota (system, day, taken) VALUES (@system, @day, 0) ON CONFLICT DO NOTHING")
            .With("system", system)
            .With("day", day.DayNumber))
        {
            await open.ExecuteNonQueryAsync();
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using var read = connection
                .Command("SELECT taken FROM system_quota WHERE system = @system AND day = @day")
                .With("system", system)
                .With("day", day.DayNumber);
            var taken = Convert.ToInt32(await read.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
            var size = Math.Min(Math.Max(1, (limit - taken) / ChunksLeft), LargestChunk);
            if (taken >= limit)
            {
                return 0;
            }

            await using var take = connection
                .Command("UPDATE system_quota SET taken = taken + @size WHERE system = @system AND day = @day AND taken = @taken")
                .With("size", size)
                .With("system", system)
                .With("day", day.DayNumber)
                .With("taken", taken);
            if (await take.ExecuteNonQueryAsync() == 1)
            {
                metrics.Taken(system, size);
                return size;
            }
        }

        throw new TryAgainException(TryAgainException.LedgerBusy, "The system's quota is being counted by too many at once.");
    }

    private sealed class Held
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public DateOnly Day { get; set; }

        public int Limit { get; set; }

        public int Left { get; set; }
    }
}
