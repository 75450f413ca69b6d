using Npgsql;

namespace Platform.Load.Peer.Sql;

/// <summary>The peer's tables: a row for each citizen, one for each present decision on a consent, one for each request.</summary>
internal static class PeerSchema
{
    // The indexes are those that the requests need and the one by which a citizen finds who asked; each more would only slow the peer down.
    private const string Text = """
        CREATE SCHEMA IF NOT EXISTS peer;
        CREATE TABLE IF NOT EXISTS peer.citizen (
            personal_id text COLLATE "C" PRIMARY KEY,
            status smallint NOT NULL,
            protected boolean NOT NULL,
            attributes jsonb NOT NULL
        );
        CREATE TABLE IF NOT EXISTS peer.consent (
            personal_id text COLLATE "C" NOT NULL,
            recipient text COLLATE "C" NOT NULL,
            purpose text COLLATE "C" NOT NULL,
            id uuid NOT NULL,
            targets text[] NOT NULL,
            state smallint NOT NULL,
            valid_from timestamptz NOT NULL,
            valid_to timestamptz NOT NULL,
            limit_count integer,
            limit_per smallint,
            PRIMARY KEY (personal_id, recipient, purpose)
        );
        CREATE TABLE IF NOT EXISTS peer.audit (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id uuid NOT NULL,
            personal_id text COLLATE "C" NOT NULL,
            at timestamptz NOT NULL,
            system text NOT NULL,
            purpose text NOT NULL,
            outcome text NOT NULL,
            consent_id uuid,
            request json NOT NULL,
            items json NOT NULL,
            digest bytea NOT NULL
        );
        CREATE INDEX IF NOT EXISTS audit_citizen ON peer.audit (personal_id, seq);
        """;

    public static async Task Ensure(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Text);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
