using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Platform.Silo.Storage;

/// <summary>Brings the schema up to date at start: versioned scripts, each once, whichever of several silos comes first.</summary>
internal static class Migrator
{
    private const long Lock = 0x70_6C_61_74_66_6F_72_6D;

    public static async Task Migrate(PlatformDatabase database, TimeProvider clock)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        if (!database.IsPostgres)
        {
            await connection.Execute("PRAGMA journal_mode = WAL");
        }
        else
        {
            await RefuseEarlyAcknowledgement(connection);
        }

        // SQLite: an immediate transaction keeps every other writer out; PostgreSQL: an advisory lock does.
        await using var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: false)
            : await connection.BeginTransactionAsync();
        if (database.IsPostgres)
        {
            await connection.Execute($"SELECT pg_advisory_xact_lock({Lock})", transaction);
        }

        await connection.Execute(
            "CREATE TABLE IF NOT EXISTS schema_migration (version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)",
            transaction);
        var applied = await Applied(connection, transaction);
        foreach (var script in Scripts(database.IsPostgres ? "postgres/" : "sqlite/"))
        {
            if (applied.Remove(script.Version, out var checksum))
            {
                script.MustBe(checksum);
                continue;
            }

            await connection.Execute(script.Text, transaction);
            await using var record = connection
                .Command("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (@version, @name, @checksum, @at)", transaction)
                .With("version", script.Version)
                .With("name", script.Name)
                .With("checksum", script.Checksum)
                .With("at", clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            await record.ExecuteNonQueryAsync();
        }

        if (applied.Count > 0)
        {
            throw new InvalidOperationException("The database was made by a newer release than this one. Start the newer release.");
        }

        await transaction.CommitAsync();
    }

    /// <summary>
    /// Throws unless everything that this release needs is there, and changes nothing. More may be there: a migration only adds, and what it makes superfluous goes with a
    /// later release, so that silos of the release before go on while the next one comes.
    /// </summary>
    public static async Task Check(PlatformDatabase database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        if (database.IsPostgres)
        {
            await RefuseEarlyAcknowledgement(connection);
        }

        var applied = await IsEmpty(connection, database.IsPostgres) ? [] : await Applied(connection, transaction: null);
        foreach (var script in Scripts(database.IsPostgres ? "postgres/" : "sqlite/"))
        {
            script.MustBe(applied.GetValueOrDefault(script.Version) ?? throw new SchemaMissingException(script.Name));
        }
    }

    private static async Task<bool> IsEmpty(DbConnection connection, bool isPostgres)
    {
        await using var command = connection.Command(isPostgres
            ? "SELECT to_regclass('schema_migration')::text"
            : "SELECT name FROM sqlite_master WHERE name = 'schema_migration'");
        return await command.ExecuteScalarAsync() is null or DBNull;
    }

    private static async Task RefuseEarlyAcknowledgement(DbConnection connection)
    {
        await using var command = connection.Command(
            "SELECT current_setting('synchronous_commit') = 'off' OR (current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> '')");
        if (await command.ExecuteScalarAsync() is true)
        {
            throw new InvalidOperationException(
                "The database acknowledges commits before they are durable. Set synchronous_commit to on for the platform's role or database.");
        }
    }

    private static async Task<Dictionary<int, string>> Applied(DbConnection connection, DbTransaction? transaction)
    {
        var applied = new Dictionary<int, string>();
        await using var command = connection.Command("SELECT version, checksum FROM schema_migration", transaction);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }

        return applied;
    }

    private static IEnumerable<Script> Scripts(string folder)
    {
        var assembly = typeof(Migrator).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var text = reader.ReadToEnd();
            yield return new Script(
                int.Parse(name.AsSpan(folder.Length, 3), CultureInfo.InvariantCulture),
                name[folder.Length..],
                text,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }
    }

    private sealed record Script(int Version, string Name, string Text, string Checksum)
    {
        public void MustBe(string applied)
        {
            if (applied != Checksum)
            {
                throw new InvalidOperationException(
                    $"Migration {Name} was changed after it was applied. Run the release that made this database, or restore it from a backup.");
            }
        }
    }
}
