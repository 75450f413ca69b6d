using Npgsql;

namespace Platform.Load.Peer.Growth;

/// <summary>
/// Makes a database large: copies of a stored citizen under numbers that nobody has, spread among the others, and ledger rows of the usual form for
/// them. It is filler: the hashes are not of the rows, so such a database is good for rates and not for verification.
/// </summary>
internal static class Filler
{
    private const string Records = """
        INSERT INTO grain_state (service_id, grain_type, grain_key, version, payload)
        SELECT model.service_id, model.grain_type, '1' || lpad((number * 7368787 % 100000000000)::text, 11, '0'), 1, model.payload
        FROM generate_series(1, $1::bigint) AS number
        JOIN (SELECT *, row_number() OVER () AS place FROM (SELECT * FROM grain_state WHERE grain_type = 'record' LIMIT 500) AS sample) AS model
            ON model.place = number % 500 + 1
        ON CONFLICT DO NOTHING
        """;

    // Indexes are made afterwards: that is how a large table is filled, and it leaves them as dense as a restored backup has them.
    private const string Entries = """
        ALTER TABLE ledger DROP CONSTRAINT ledger_pkey;
        DROP INDEX ledger_entry_id;
        INSERT INTO ledger (subject, seq, entry_id, kind, at, tag, body, prev_hash, hash, lane, batch)
        SELECT '1' || lpad((number * 7368787 % 100000000000)::text, 11, '0'), seq, decode(md5(number || ' ' || seq), 'hex'), model.kind, model.at, '', model.body,
            decode(md5('a' || number || seq) || md5('b' || number || seq), 'hex'), decode(md5('c' || number || seq) || md5('d' || number || seq), 'hex'), model.lane, model.batch
        FROM generate_series(1, $1::bigint) AS number
        JOIN (SELECT *, row_number() OVER () AS place FROM (SELECT kind, at, body, lane, batch FROM ledger WHERE kind = 'record.imported' LIMIT 500) AS sample) AS model
            ON model.place = number % 500 + 1
        CROSS JOIN generate_series(1, $2::integer) AS seq;
        ALTER TABLE ledger ADD PRIMARY KEY (subject, seq);
        CREATE UNIQUE INDEX ledger_entry_id ON ledger (entry_id);
        """;

    public static async Task Fill(NpgsqlDataSource database, long citizens, int entries, CancellationToken cancellation)
    {
        await Execute(database, Records, cancellation, citizens);
        foreach (var statement in Entries.Split(";", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await Execute(database, statement, cancellation, statement.StartsWith("INSERT", StringComparison.Ordinal) ? [citizens, entries] : []);
        }

        await Execute(database, "VACUUM ANALYZE", cancellation);
    }

    private static async Task Execute(NpgsqlDataSource database, string text, CancellationToken cancellation, params object[] values)
    {
        await using var command = database.CreateCommand(text);
        command.CommandTimeout = 0;
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
