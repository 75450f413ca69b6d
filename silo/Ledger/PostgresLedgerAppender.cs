using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>One statement, one round trip and one commit for a whole batch.</summary>
internal sealed class PostgresLedgerAppender(PlatformDatabase database, TimeProvider clock) : ILedgerAppender
{
    // Rows go in in the order of their keys, so that two batches that race for the same citizens cannot deadlock. Parameters by number are not looked for in the text.
    private const string AppendText = """
        WITH accepted AS (
            INSERT INTO ledger (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash, lane, batch)
            SELECT incoming.*, $10, $11
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                AS incoming (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash)
            ORDER BY subject COLLATE "C", seq
            ON CONFLICT DO NOTHING
            RETURNING hash),
        sealed AS (
            INSERT INTO ledger_batch (lane, batch, entries, digest)
            SELECT $10, $11, count(*), sha256($12 || coalesce(string_agg(hash, ''::bytea ORDER BY hash), ''::bytea))
            FROM accepted
            RETURNING entries, digest)
        SELECT digest, CASE WHEN entries < cardinality($1) THEN ARRAY(SELECT hash FROM accepted) END FROM sealed
        """;

    private readonly NpgsqlDataSource _source = (NpgsqlDataSource)database.Appends;

    public async Task<int> OpenLane(CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("INSERT INTO ledger_lane (started_at) VALUES ($1) RETURNING lane");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LedgerColumns.ToMicroseconds(clock.GetUtcNow()) });
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<AppendedBatch> Append(
        int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(AppendText);
        void Add<T>(NpgsqlDbType type, Func<LedgerEntry, T> column) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. entries.Select(column)] });

        Add(NpgsqlDbType.Text, entry => entry.Subject);
        Add(NpgsqlDbType.Bigint, entry => entry.Seq);
        Add(NpgsqlDbType.Bytea, entry => entry.Id.ToByteArray(bigEndian: true));
        Add(NpgsqlDbType.Text, entry => entry.Kind);
        Add(NpgsqlDbType.Bigint, entry => LedgerColumns.ToMicroseconds(entry.At));
        Add(NpgsqlDbType.Text, entry => entry.Tag);
        Add(NpgsqlDbType.Text, entry => entry.Body);
        Add(NpgsqlDbType.Bytea, entry => entry.PrevHash.ToArray());
        Add(NpgsqlDbType.Bytea, entry => entry.Hash.ToArray());
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = previousDigest });

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            throw new InvalidOperationException("The batch was not sealed.");
        }

        var digest = await reader.GetFieldValueAsync<byte[]>(0, cancellation);
        var taken = await reader.IsDBNullAsync(1, cancellation) ? null : await reader.GetFieldValueAsync<byte[][]>(1, cancellation);

        // The commit is not known before the server has said all that it has to say.
        await reader.NextResultAsync(cancellation);
        return new AppendedBatch(taken is null ? All(entries.Count) : Among(taken, entries), digest);
    }

    private static ImmutableArray<bool> All(int count) => [.. Enumerable.Repeat(true, count)];

    private static ImmutableArray<bool> Among(byte[][] taken, IReadOnlyList<LedgerEntry> entries)
    {
        var hashes = taken.Select(Convert.ToHexStringLower).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Select(entry => hashes.Remove(Convert.ToHexStringLower(entry.Hash.Span)))];
    }
}
