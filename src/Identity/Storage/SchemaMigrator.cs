using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Hosting;

namespace Platform.Identity.Storage;

/// <summary>
/// Brings the schema to this program's version, or waits for it where a job does that. Instances that start together take turns; the later ones find nothing to do.
/// </summary>
sealed class SchemaMigrator(IDbContextFactory<IdentityDatabase> databases, DatabaseAddress address, IOptions<StorageOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Any constant serves, as long as it never changes: it names the lock that starting instances queue for.
    const long MigrationLock = 7_205_931_846;

    /// <summary>Migrates or waits, as the options say; a command that is there to migrate does so <paramref name="always"/>.</summary>
    public async Task Migrate(CancellationToken ct, bool always = false)
    {
        try
        {
            await PrepareWhenItIsThere(always || options.Value.MigrateSchema, ct);
        }
        catch (Exception fault) when (fault is DbException or SocketException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new CannotStartException(
                $"The identity database ({address.Name}) does not answer or is damaged ({fault.Message}): " +
                "check Identity:Database, the server or the file and its permissions, then start again.", fault);
        }
    }

    async Task PrepareWhenItIsThere(bool migrate, CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await using var database = await databases.CreateDbContextAsync(ct);
                await (migrate ? MigrateWith(database, ct) : CheckWith(database, ct));
                return;
            }
            catch (Exception fault) when (IsOnItsWay(fault) && clock.GetElapsedTime(asked) < options.Value.SchemaPatience)
            {
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    static bool IsOnItsWay(Exception fault) => fault is DbException { IsTransient: true } or SocketException or SchemaMissingException;

    // A newer schema is no fault here: a migration only adds, and what it makes superfluous goes with a later release.
    static async Task CheckWith(IdentityDatabase database, CancellationToken ct)
    {
        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync(ct);
        long current;
        try
        {
            current = await CurrentVersion(connection, turn: null, ct);
        }
        catch (DbException missing) when (!missing.IsTransient)
        {
            throw new SchemaMissingException(missing);
        }
        if (current < SchemaScripts.All[^1].Version)
        {
            throw new SchemaMissingException();
        }
    }

    async Task MigrateWith(IdentityDatabase database, CancellationToken ct)
    {
        if (address.IsSqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(address.Name)!);
        }
        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync(ct);
        if (address.IsSqlite)
        {
            // Readers and the one writer of a file get along only with a write-ahead log; the mode is remembered in the file.
            await Execute(connection, null, "PRAGMA journal_mode = WAL", ct);
        }
        // SQLite: Serializable takes the write lock at once, so a second process waits here.
        await using var turn = await connection.BeginTransactionAsync(
            address.IsSqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, ct);
        if (!address.IsSqlite)
        {
            await Execute(connection, turn, $"SELECT pg_advisory_xact_lock({MigrationLock})", ct);
            await Execute(connection, turn, $"CREATE SCHEMA IF NOT EXISTS {DatabaseAddress.Schema}", ct);
        }
        await Execute(connection, turn, "CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, applied_at bigint NOT NULL)", ct);
        await ApplyMissing(connection, turn, ct);
        await turn.CommitAsync(ct);
    }

    async Task ApplyMissing(DbConnection connection, DbTransaction turn, CancellationToken ct)
    {
        var current = await CurrentVersion(connection, turn, ct);
        if (current > SchemaScripts.All[^1].Version)
        {
            throw new CannotStartException(
                $"The identity database ({address.Name}) has schema version {current}, made by a newer program: start that program instead.");
        }
        foreach (var script in SchemaScripts.All.Where(script => script.Version > current))
        {
            await Execute(connection, turn, script.Sql, ct);
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            await Execute(connection, turn, $"INSERT INTO schema_version (version, applied_at) VALUES ({script.Version}, {now})", ct);
        }
    }

    static async Task<long> CurrentVersion(DbConnection connection, DbTransaction? turn, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = turn;
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    static async Task Execute(DbConnection connection, DbTransaction? turn, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = turn;
#pragma warning disable CA2100 // Only our own scripts and numbers come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The database lacks what this release needs, and this process may not bring it.</summary>
sealed class SchemaMissingException(Exception? cause = null) : CannotStartException(
    "The identity database is not at the schema of this release: run 'migrate' with this release first, or set Identity:MigrateSchema to true.", cause);
