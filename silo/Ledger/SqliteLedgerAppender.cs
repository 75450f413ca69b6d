using Microsoft.Data.Sqlite;
using Platform.Domain.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Ledger;

/// <summary>One immediate transaction per batch, synchronised to disk on commit.</summary>
internal sealed class SqliteLedgerAppender(PlatformDatabase database, TimeProvider clock) : ILedgerAppender
{
    private const string InsertText = """
        INSERT INTO ledger (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash, lane, batch)
        VALUES (@subject, @seq, @id, @kind, @at, @tag, @body, @prev, @hash, @lane, @batch)
        ON CONFLICT DO NOTHING
        """;

    public async Task<int> OpenLane(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection
            .Command("INSERT INTO ledger_lane (started_at) VALUES (@at) RETURNING lane")
            .With("at", LedgerColumns.ToMicroseconds(clock.GetUtcNow()));
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<AppendedBatch> Append(
        int lane, long batch, byte[] previousDigest, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        await using var connection = (SqliteConnection)await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var taken = new bool[entries.Count];
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = InsertText;
        for (var index = 0; index < taken.Length; index++)
        {
            insert.Parameters.Clear();
            Fill(insert, entries[index], lane, batch);
            taken[index] = await insert.ExecuteNonQueryAsync(cancellation) == 1;
        }

        var appended = new AppendedBatch([.. taken], BatchDigest.Next(previousDigest, entries.Where((_, index) => taken[index]).Select(entry => entry.Hash.ToArray())));
        await using var seal = connection
            .Command("INSERT INTO ledger_batch (lane, batch, entries, digest) VALUES (@lane, @batch, @entries, @digest)", transaction)
            .With("lane", lane)
            .With("batch", batch)
            .With("entries", appended.Count)
            .With("digest", appended.Digest);
        await seal.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return appended;
    }

    internal static void Fill(SqliteCommand insert, LedgerEntry entry, int lane, long batch)
    {
        var parameters = insert.Parameters;
        parameters.AddWithValue("@subject", entry.Subject);
        parameters.AddWithValue("@seq", entry.Seq);
        parameters.AddWithValue("@id", entry.Id.ToByteArray(bigEndian: true));
        parameters.AddWithValue("@kind", entry.Kind);
        parameters.AddWithValue("@at", LedgerColumns.ToMicroseconds(entry.At));
        parameters.AddWithValue("@tag", entry.Tag);
        parameters.AddWithValue("@body", entry.Body);
        parameters.AddWithValue("@prev", entry.PrevHash.ToArray());
        parameters.AddWithValue("@hash", entry.Hash.ToArray());
        parameters.AddWithValue("@lane", lane);
        parameters.AddWithValue("@batch", batch);
    }
}
