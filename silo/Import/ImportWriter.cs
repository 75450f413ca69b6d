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
    public static async Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancellation) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: false)
        : await connection.BeginTransactionAsync(cancellation);

    public async Task<HeldSubjects> Held(DbConnection connection, DbTransaction transaction, string[] subjects, CancellationToken cancellation)
    {
        var filter = database.IsPostgres ? "= ANY(@subjects)" : "IN (SELECT value FROM json_each(@subjects))";
        object list = database.IsPostgres ? subjects : DomainJson.Write(subjects);
        var states = new HashSet<string>(StringComparer.Ordinal);
        var heads = new Dictionary<string, LedgerHead>(StringComparer.Ordinal);
        await using var command = connection
            .Command(
                $"""
                SELECT grain_key FROM grain_state WHERE service_id = @service AND grain_type = @type AND grain_key {filter};
                SELECT subject, seq, hash FROM ledger AS entry WHERE subject {filter} AND seq = (SELECT max(seq) FROM ledger WHERE subject = entry.subject);
                """,
                transaction)
            .With("service", SiloHost.ServiceId)
            .With("type", CitizenGrain.RecordName)
            .With("subjects", list);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            states.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            heads[reader.GetString(0)] = new LedgerHead(reader.GetInt64(1), (byte[])reader[2]);
        }

        return new HeldSubjects(states, heads);
    }

    public async Task Write(
        DbConnection connection, DbTransaction transaction, CitizenRecord[] records, LedgerEntry[] entries, ImportLane lane, CancellationToken cancellation)
    {
        var payloads = records.Select(record => Encoding.UTF8.GetBytes(DomainJson.Write(new CitizenState { Record = record }))).ToArray();
        var digest = lane.Seal(entries.Select(entry => entry.Hash.ToArray()));
        await (database.IsPostgres
            ? WritePostgres((NpgsqlConnection)connection, entries, payloads, lane, cancellation)
            : WriteSqlite((SqliteConnection)connection, (SqliteTransaction)transaction, entries, payloads, lane, cancellation));
        await using var seal = connection
            .Command("INSERT INTO ledger_batch (lane, batch, entries, digest) VALUES (@lane, @batch, @entries, @digest)", transaction)
            .With("lane", lane.Number)
            .With("batch", lane.Batch)
            .With("entries", entries.Length)
            .With("digest", digest);
        await seal.ExecuteNonQueryAsync(cancellation);
    }

    // A conflict here means that a silo extended one of these ledgers meanwhile: the transaction fails as a whole and the import is started again.
    private static async Task WritePostgres(
        NpgsqlConnection connection, LedgerEntry[] entries, byte[][] payloads, ImportLane lane, CancellationToken cancellation)
    {
        await using (var states = await connection.BeginBinaryImportAsync(
            "COPY grain_state (service_id, grain_type, grain_key, version, payload) FROM STDIN (FORMAT binary)", cancellation))
        {
            for (var index = 0; index < entries.Length; index++)
            {
                await states.StartRowAsync(cancellation);
                await states.WriteAsync(SiloHost.ServiceId, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(CitizenGrain.RecordName, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(entries[index].Subject, NpgsqlDbType.Text, cancellation);
                await states.WriteAsync(1, NpgsqlDbType.Integer, cancellation);
                await states.WriteAsync(payloads[index], NpgsqlDbType.Bytea, cancellation);
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
        SqliteConnection connection, SqliteTransaction transaction, LedgerEntry[] entries, byte[][] payloads, ImportLane lane, CancellationToken cancellation)
    {
        await using var state = connection.CreateCommand();
        state.Transaction = transaction;
        state.CommandText = "INSERT INTO grain_state (service_id, grain_type, grain_key, version, payload) VALUES (@service, @type, @key, 1, @payload)";
        await using var ledger = connection.CreateCommand();
        ledger.Transaction = transaction;
        ledger.CommandText =
            $"INSERT INTO ledger ({LedgerColumns.Select}, lane, batch) VALUES (@subject, @seq, @id, @kind, @at, @tag, @body, @prev, @hash, @lane, @batch)";
        for (var index = 0; index < entries.Length; index++)
        {
            state.Parameters.Clear();
            state.Parameters.AddWithValue("@service", SiloHost.ServiceId);
            state.Parameters.AddWithValue("@type", CitizenGrain.RecordName);
            state.Parameters.AddWithValue("@key", entries[index].Subject);
            state.Parameters.AddWithValue("@payload", payloads[index]);
            await state.ExecuteNonQueryAsync(cancellation);
            ledger.Parameters.Clear();
            SqliteLedgerAppender.Fill(ledger, entries[index], lane.Number, lane.Batch);
            await ledger.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <summary>Of the subjects asked for: those with a record, and the heads of those with a ledger.</summary>
internal sealed record HeldSubjects(HashSet<string> States, Dictionary<string, LedgerHead> Heads);
