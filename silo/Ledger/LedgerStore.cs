using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>Reads ledgers.</summary>
internal sealed class LedgerStore(PlatformDatabase database)
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>
    /// What an activation needs to know of its ledger before it serves, in one round trip. The head is read before the record's version: an activation
    /// that holds this version has seen every change up to the head. Whatever is told here is as durable as what silos commit.
    /// </summary>
    public async Task<OpenedLedger> Open(string subject, ImmutableArray<EntryDraft> pending)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection.Command(
            $"""
            SELECT seq, hash FROM ledger WHERE subject = @subject ORDER BY seq DESC LIMIT 1;
            SELECT tag, (at + {LedgerColumns.LocalOffset}) / {MicrosecondsPerDay}, count(*) FROM ledger WHERE subject = @subject AND tag <> '' GROUP BY 1, 2 ORDER BY 2;
            SELECT entry_id FROM ledger WHERE entry_id IN ({string.Join(", ", pending.Select((_, index) => $"@p{index}").DefaultIfEmpty("NULL"))});
            SELECT version FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key = @subject;
            {database.SettleText}
            """)
            .With("subject", subject)
            .With("service", SiloHost.ServiceId)
            .With("type", CitizenGrain.RecordName);
        for (var index = 0; index < pending.Length; index++)
        {
            command.With($"p{index}", pending[index].Id.ToByteArray(bigEndian: true));
        }

        await using var reader = await command.ExecuteReaderAsync();
        var head = await reader.ReadAsync() ? new LedgerHead(reader.GetInt64(0), (byte[])reader[1]) : LedgerHead.Empty;
        await reader.NextResultAsync();
        var usage = UsageCounts.None;
        while (await reader.ReadAsync())
        {
            usage = usage.Add(reader.GetString(0), DateOnly.FromDayNumber(EpochDay + (int)reader.GetInt64(1)), (int)reader.GetInt64(2));
        }

        await reader.NextResultAsync();
        var appended = new HashSet<Guid>();
        while (await reader.ReadAsync())
        {
            appended.Add(new Guid((byte[])reader[0], bigEndian: true));
        }

        await reader.NextResultAsync();
        var version = await reader.ReadAsync() ? reader.GetInt32(0).ToString(CultureInfo.InvariantCulture) : null;
        while (await reader.NextResultAsync())
        {
            // The last statement tells nothing; that it was committed is what counts.
        }

        return new OpenedLedger(head, usage, pending.RemoveAll(draft => appended.Contains(draft.Id)), version);
    }

    /// <summary>Returns once whatever could be read before is as durable as what silos commit.</summary>
    public Task Settle() => database.Settle();

    /// <summary>Position of the newest entry, 0 if there is none.</summary>
    public async Task<long> Newest(string subject)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection.Command("SELECT coalesce(max(seq), 0) FROM ledger WHERE subject = @subject").With("subject", subject);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Entries after a position, oldest first.</summary>
    public async Task<ImmutableArray<LedgerEntry>> Read(string subject, long after, int count)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command($"SELECT {LedgerColumns.Select} FROM ledger WHERE subject = @subject AND seq > @after ORDER BY seq LIMIT @count")
            .With("subject", subject)
            .With("after", after)
            .With("count", count);
        return await ReadAll(command);
    }

    /// <summary>The entry of that identity, or null.</summary>
    public async Task<LedgerEntry?> Find(Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command($"SELECT {LedgerColumns.Select} FROM ledger WHERE entry_id = @id")
            .With("id", id.ToByteArray(bigEndian: true));
        return (await ReadAll(command)).SingleOrDefault();
    }

    private static async Task<ImmutableArray<LedgerEntry>> ReadAll(DbCommand command)
    {
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            entries.Add(LedgerColumns.Read(reader));
        }

        return entries.ToImmutable();
    }
}

/// <summary>Head and counted usage of a ledger, the pending entries that it does not have yet, and the version of the record as storage tags it.</summary>
internal sealed record OpenedLedger(LedgerHead Head, UsageCounts Usage, ImmutableArray<EntryDraft> Missing, string? RecordVersion);
