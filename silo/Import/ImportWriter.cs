using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Import;

/// <summary>The statements of an import: arrays for PostgreSQL, one prepared row at a time for SQLite.</summary>
internal sealed class ImportWriter(PlatformDatabase database)
{
    // A state with a record begins so, because the record is its first member.
    private static readonly byte[] RecordMark = Encoding.UTF8.GetBytes("""{"record":""");

    // Key by key, whatever the planner believes: of a table that grows faster than statistics are gathered it would otherwise read all at each batch.
    private const string HeldPostgres = """
        SELECT state.grain_key, state.version, CASE WHEN substr(state.payload, 1, @length) = @mark THEN NULL ELSE state.payload END
        FROM unnest(@subjects) AS asked (subject) CROSS JOIN LATERAL (
            SELECT grain_key, version, payload FROM grain_state
            WHERE service_id = @service AND grain_type = @type AND grain_key = asked.subject OFFSET 0) AS state;
        SELECT entry.subject, entry.seq, entry.hash
        FROM unnest(@subjects) AS asked (subject) CROSS JOIN LATERAL (
            SELECT subject, seq, hash FROM ledger WHERE ledger.subject = asked.subject ORDER BY seq DESC LIMIT 1) AS entry;
        """;

    private const string HeldSqlite = """
        SELECT grain_key, version, CASE WHEN substr(payload, 1, @length) = @mark THEN NULL ELSE payload END
        FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key IN (SELECT value FROM json_each(@subjects));
        SELECT subject, seq, hash FROM ledger AS entry
        WHERE subject IN (SELECT value FROM json_each(@subjects)) AND seq = (SELECT max(seq) FROM ledger WHERE subject = entry.subject);
        """;

    public static async Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancellation) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: false)
        : await connection.BeginTransactionAsync(cancellation);

    public async Task<HeldSubjects> Held(DbConnection connection, DbTransaction transaction, string[] subjects, CancellationToken cancellation)
    {
        object list = database.IsPostgres ? subjects : DomainJson.Write(subjects);
        var states = new HashSet<string>(StringComparer.Ordinal);
        var awaiting = new Dictionary<string, AwaitingRecord>(StringComparer.Ordinal);
        var heads = new Dictionary<string, LedgerHead>(StringComparer.Ordinal);
        await using var command = connection
            .Command(database.IsPostgres ? HeldPostgres : HeldSqlite, transaction)
            .With("service", SiloHost.ServiceId)
            .With("type", CitizenGrain.RecordName)
            .With("length", RecordMark.Length)
            .With("mark", RecordMark)
            .With("subjects", list);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.IsDBNull(2))
            {
                states.Add(reader.GetString(0));
            }
            else
            {
                awaiting[reader.GetString(0)] = new AwaitingRecord(reader.GetInt32(1), DomainJson.Read<CitizenState>(Encoding.UTF8.GetString((byte[])reader[2])));
            }
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            heads[reader.GetString(0)] = new LedgerHead(reader.GetInt64(1), (byte[])reader[2]);
        }

        return new HeldSubjects(states, awaiting, heads);
    }

    public async Task Write(
        DbConnection connection,
        DbTransaction transaction,
        PreparedRecord[] records,
        HeldSubjects held,
        LedgerEntry[] entries,
        ImportLane lane,
        CancellationToken cancellation)
    {
        var fresh = records
            .Where(record => !held.Awaiting.ContainsKey(record.Subject))
            .Select(record => new ImportedState(record.Subject, record.State()))
            .ToArray();
        var digest = lane.Seal(entries.Select(entry => entry.Hash.ToArray()));
        await (database.IsPostgres
            ? WritePostgres((NpgsqlConnection)connection, entries, fresh, lane, cancellation)
            : WriteSqlite((SqliteConnection)connection, (SqliteTransaction)transaction, entries, fresh, lane, cancellation));
        foreach (var record in records)
        {
            if (held.Awaiting.TryGetValue(record.Subject, out var awaiting))
            {
                await Complete(connection, transaction, record.Record, awaiting, cancellation);
            }
        }

        await using var seal = connection
            .Command("INSERT INTO ledger_batch (lane, batch, entries, digest) VALUES (@lane, @batch, @entries, @digest)", transaction)
            .With("lane", lane.Number)
            .With("batch", lane.Batch)
            .With("entries", entries.Length)
            .With("digest", digest);
        await seal.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Puts the record to what is already stored of a number without one, such as requests that wait for it.</summary>
    private static async Task Complete(
        DbConnection connection, DbTransaction transaction, CitizenRecord record, AwaitingRecord awaiting, CancellationToken cancellation)
    {
        await using var update = connection
            .Command(
                """
                UPDATE grain_state SET payload = @payload, version = version + 1
                WHERE service_id = @service AND grain_type = @type AND grain_key = @key AND version = @version
                """,
                transaction)
            .With("payload", Encoding.UTF8.GetBytes(DomainJson.Write(awaiting.State with { Record = record })))
            .With("service", SiloHost.ServiceId)
            .With("type", CitizenGrain.RecordName)
            .With("key", record.PersonalId.Reveal())
            .With("version", awaiting.Version);
        if (await update.ExecuteNonQueryAsync(cancellation) != 1)
        {
            throw new InvalidOperationException("A silo changed what is stored of a citizen meanwhile; start the import again.");
        }
    }

    // A conflict here means that a silo extended one of these ledgers meanwhile: the transaction fails as a whole and the import is started again.
    private static async Task WritePostgres(
        NpgsqlConnection connection, LedgerEntry[] entries, ImportedState[] fresh, ImportLane lane, CancellationToken cancellation)
    {
        await using (var states = await connection.BeginBinaryImportAsync(
            "COPY grain_state (service_id, grain_type, grain_key, version, payload) FROM STDIN (FORMAT binary)", cancellation))
        {
            foreach (var state in fresh)
            {
                await states.StartRowAsync(cancellation);
                await states.WriteAsync(SiloHost.ServiceId, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(CitizenGrain.RecordName, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(state.Subject, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(1, NpgsqlDbType.Integer, cancellation);
                await states.WriteAsync(state.Payload, NpgsqlDbType.Bytea, cancellation);
            }

            await states.CompleteAsync(cancellation);
        }

        await using var ledger = await connection.BeginBinaryImportAsync(
            $"COPY ledger ({LedgerColumns.Select}, lane, batch) FROM STDIN (FORMAT binary)", cancellation);
        foreach (var entry in entries)
        {
            await ledger.StartRowAsync(cancellation);
            await ledger.WriteAsync(entry.Subject, NpgsqlDbType.Text, cancellation);
            await ledger.WriteAsync(entry.Seq, NpgsqlDbType.Bigint, cancellation);
            await ledger.WriteAsync(entry.Id.ToByteArray(bigEndian: true), NpgsqlDbType.Bytea, cancellation);
            await ledger.WriteAsync(entry.Kind, NpgsqlDbType.Text, cancellation);
            await ledger.WriteAsync(LedgerColumns.ToMicroseconds(entry.At), NpgsqlDbType.Bigint, cancellation);
            await ledger.WriteAsync(entry.Tag, NpgsqlDbType.Text, cancellation);
            await ledger.WriteAsync(entry.Body, NpgsqlDbType.Text, cancellation);
            await ledger.WriteAsync(entry.PrevHash.ToArray(), NpgsqlDbType.Bytea, cancellation);
            await ledger.WriteAsync(entry.Hash.ToArray(), NpgsqlDbType.Bytea, cancellation);
            await ledger.WriteAsync(lane.Number, NpgsqlDbType.Integer, cancellation);
            await ledger.WriteAsync(lane.Batch, NpgsqlDbType.Bigint, cancellation);
        }

        await ledger.CompleteAsync(cancellation);
    }

    private static async Task WriteSqlite(
        SqliteConnection connection, SqliteTransaction transaction, LedgerEntry[] entries, ImportedState[] fresh, ImportLane lane, CancellationToken cancellation)
    {
        await using var state = connection.CreateCommand();
        state.Transaction = transaction;
        state.CommandText = "INSERT INTO grain_state (service_id, grain_type, grain_key, version, payload) VALUES (@service, @type, @key, 1, @payload)";
        await using var ledger = connection.CreateCommand();
        ledger.Transaction = transaction;
        ledger.CommandText =
            $"INSERT INTO ledger ({LedgerColumns.Select}, lane, batch) VALUES (@subject, @seq, @id, @kind, @at, @tag, @body, @prev, @hash, @lane, @batch)";
        foreach (var imported in fresh)
        {
            state.Parameters.Clear();
            state.Parameters.AddWithValue("@service", SiloHost.ServiceId);
            state.Parameters.AddWithValue("@type", CitizenGrain.RecordName);
            state.Parameters.AddWithValue("@key", imported.Subject);
            state.Parameters.AddWithValue("@payload", imported.Payload);
            await state.ExecuteNonQueryAsync(cancellation);
        }

        foreach (var entry in entries)
        {
            ledger.Parameters.Clear();
            SqliteLedgerAppender.Fill(ledger, entry, lane.Number, lane.Batch);
            await ledger.ExecuteNonQueryAsync(cancellation);
        }
    }

    private readonly record struct ImportedState(string Subject, byte[] Payload);
}

/// <summary>Of the subjects asked for: those with a record, those of which something else is stored, and the heads of those with a ledger.</summary>
internal sealed record HeldSubjects(HashSet<string> States, Dictionary<string, AwaitingRecord> Awaiting, Dictionary<string, LedgerHead> Heads);

/// <summary>What is stored of a number without a record, and its version.</summary>
internal sealed record AwaitingRecord(int Version, CitizenState State);
