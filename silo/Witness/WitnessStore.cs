using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;

namespace Platform.Silo.Witness;

/// <summary>What is kept outside the database: whose heads these are, the newest head of each lane, and the heads of losses that were accepted.</summary>
internal sealed class WitnessStore(PlatformDatabase place)
{
    private const long Lock = 0x77_69_74_6E_65_73_73;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS witness (province text PRIMARY KEY, begun_at bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS witness_head (
            lane integer PRIMARY KEY, batch bigint NOT NULL, digest text NOT NULL, entries bigint NOT NULL, seen_at bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS witness_lost (
            acceptance text NOT NULL, lane integer NOT NULL, batch bigint NOT NULL, digest text NOT NULL, entries bigint NOT NULL, seen_at bigint NOT NULL,
            PRIMARY KEY (acceptance, lane));
        """;

    // An older head never takes the place of a newer one, whichever silo is late.
    private const string KeepText = """
        INSERT INTO witness_head (lane, batch, digest, entries, seen_at) VALUES (@lane, @batch, @digest, @entries, @seen)
        ON CONFLICT (lane) DO UPDATE SET batch = excluded.batch, digest = excluded.digest, entries = excluded.entries, seen_at = excluded.seen_at
        WHERE witness_head.batch < excluded.batch
        """;

    /// <summary>Makes the tables; as many silos at once as there are may do it.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (place.IsPostgres)
        {
            await connection.Execute($"SELECT pg_advisory_xact_lock({Lock})", transaction);
        }

        await connection.Execute(Tables, transaction);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether the place holds ledgers itself: then it would be restored together with them.</summary>
    public async Task<bool> HoldsLedgers(CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command(place.IsPostgres
            ? "SELECT count(*) FROM information_schema.tables WHERE table_name = 'ledger_batch'"
            : "SELECT count(*) FROM sqlite_master WHERE name = 'ledger_batch'");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) > 0;
    }

    /// <summary>Which province's heads are kept; null while none are.</summary>
    public async Task<string?> Province(CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT province FROM witness");
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    public async Task Begin(string province, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var command = connection
            .Command("INSERT INTO witness (province, begun_at) VALUES (@province, @at) ON CONFLICT DO NOTHING")
            .With("province", province)
            .With("at", LedgerColumns.ToMicroseconds(now));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<ImmutableArray<LaneHead>> Heads(CancellationToken cancellation)
    {
        var heads = ImmutableArray.CreateBuilder<LaneHead>();
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.Command("SELECT lane, batch, digest, entries, seen_at FROM witness_head");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            heads.Add(new LaneHead(reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), LedgerColumns.FromMicroseconds(reader.GetInt64(4))));
        }

        return heads.ToImmutable();
    }

    public async Task Keep(IEnumerable<LaneHead> heads, CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Keep(heads, connection, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Puts the heads of an accepted loss aside and what the database has in their place.</summary>
    public async Task Accept(Guid acceptance, IEnumerable<int> lanes, IEnumerable<LaneHead> heads, CancellationToken cancellation)
    {
        await using var connection = await place.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var lane in lanes)
        {
            foreach (var text in (string[])
            [
                "INSERT INTO witness_lost (acceptance, lane, batch, digest, entries, seen_at) SELECT @acceptance, lane, batch, digest, entries, seen_at FROM witness_head WHERE lane = @lane",
                "DELETE FROM witness_head WHERE lane = @lane",
            ])
            {
                await using var command = connection.Command(text, transaction).With("lane", lane).With("acceptance", acceptance.ToString());
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }

        await Keep(heads, connection, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Keep(IEnumerable<LaneHead> heads, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        // In one order, so that two silos cannot wait for each other.
        foreach (var head in heads.OrderBy(head => head.Lane))
        {
            await using var command = connection
                .Command(KeepText, transaction)
                .With("lane", head.Lane)
                .With("batch", head.Batch)
                .With("digest", head.Digest)
                .With("entries", head.Entries)
                .With("seen", LedgerColumns.ToMicroseconds(head.SeenAt));
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
