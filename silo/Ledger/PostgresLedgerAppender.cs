using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>One statement, one round trip and one commit for a whole batch.</summary>
internal sealed class PostgresLedgerAppender(PlatformDatabase database, TimeProvider clock) : ILedgerAppender
{
    // Rows go in in the order of their keys, so that two batches that race for the same citizens cannot deadlock.
    private const string AppendText = """
        WITH accepted AS (
            INSERT INTO ledger (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash, lane, batch)
            SELECT incoming.*, @lane, @batch
            FROM unnest(@subjects, @seqs, @ids, @kinds, @ats, @tags, @bodies, @prevs, @hashes)
                AS incoming (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash)
            ORDER BY subject COLLATE "C", seq
            ON CONFLICT DO NOTHING
            RETURNING hash),
        sealed AS (
            INSERT INTO ledger_batch (lane, batch, entries, digest)
            SELECT @lane, @batch, count(*), sha256(@previous || coalesce(string_agg(hash, ''::bytea ORDER BY hash), ''::bytea))
            FROM accepted
            RETURNING digest)
        SELECT hash, NULL::bytea FROM accepted
        UNION ALL
        SELECT NULL, digest FROM sealed
        """;

    private readonly NpgsqlDataSource _source = (NpgsqlDataSource)database.Source;

    public async Task<int> OpenLane(CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("INSERT INTO ledger_lane (started_at) VALUES (@at) RETURNING lane");
        command.Parameters.AddWithValue("at", LedgerColumns.ToMicroseconds(clock.GetUtcNow()));
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<AppendedBatch> Append(
        int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(AppendText);
        void Add<T>(string name, NpgsqlDbType type, Func<LedgerEntry, T> column) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = entries.Select(column).ToArray() });

        Add("subjects", NpgsqlDbType.Text, entry => entry.Subject);
        Add("seqs", NpgsqlDbType.Bigint, entry => entry.Seq);
        Add("ids", NpgsqlDbType.Bytea, entry => entry.Id.ToByteArray(bigEndian: true));
        Add("kinds", NpgsqlDbType.Text, entry => entry.Kind);
        Add("ats", NpgsqlDbType.Bigint, entry => LedgerColumns.ToMicroseconds(entry.At));
        Add("tags", NpgsqlDbType.Text, entry => entry.Tag);
        Add("bodies", NpgsqlDbType.Text, entry => entry.Body);
        Add("prevs", NpgsqlDbType.Bytea, entry => entry.PrevHash.ToArray());
        Add("hashes", NpgsqlDbType.Bytea, entry => entry.Hash.ToArray());
        command.Parameters.AddWithValue("lane", lane);
        command.Parameters.AddWithValue("batch", batch);
        command.Parameters.AddWithValue("previous", previousDigest);

        var hashes = new HashSet<string>(StringComparer.Ordinal);
        byte[]? digest = null;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (await reader.IsDBNullAsync(0, cancellation))
            {
                digest = (byte[])reader[1];
            }
            else
            {
                hashes.Add(Convert.ToHexStringLower((byte[])reader[0]));
            }
        }

        return new AppendedBatch(hashes, digest ?? throw new InvalidOperationException("The batch was not sealed."));
    }
}
