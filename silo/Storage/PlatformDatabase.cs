using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Silo.Ledger;

namespace Platform.Silo.Storage;

/// <summary>The database of citizen data: PostgreSQL for real use, SQLite embedded on one node.</summary>
public sealed class PlatformDatabase : IAsyncDisposable
{
    private const string SqlitePrefix = "sqlite:";

    // A message in the write-ahead log that nobody reads: the commit of it lies behind all that could be read, and waits for the standbys like every other.
    private const string Barrier = "SELECT CASE WHEN current_setting('synchronous_standby_names') <> '' THEN pg_logical_emit_message(true, 'platform', '') END;";

    private PlatformDatabase(bool isPostgres, string connectionString, DbDataSource source, DbDataSource appends) =>
        (IsPostgres, ConnectionString, Source, Appends) = (isPostgres, connectionString, source, appends);

    /// <summary>The name that configuration gives the database: <c>sqlite:PATH</c> or a PostgreSQL connection string.</summary>
    public const string ConfigurationKey = "Database";

    public bool IsPostgres { get; }

    public string ConnectionString { get; }

    public DbDataSource Source { get; }

    /// <summary>
    /// For the batches of the ledger alone. A pool hands its connections out in turn; from the large one every batch would come to another process of the server,
    /// which has not looked at these tables for long.
    /// </summary>
    public DbDataSource Appends { get; }

    /// <summary>The invariant under which Orleans' ADO.NET providers know the driver; for SQLite it names another driver, but they load Microsoft's.</summary>
    public string Invariant => IsPostgres ? "Npgsql" : "System.Data.SQLite";

    public static PlatformDatabase Open(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException(
                $"No database is configured. Set '{ConfigurationKey}' to 'sqlite:PATH' or to a PostgreSQL connection string.");
        }

        return text.StartsWith(SqlitePrefix, StringComparison.Ordinal) ? OpenSqlite(text[SqlitePrefix.Length..]) : OpenPostgres(text);
    }

    /// <summary>The statement after whose commit whatever could be read before it is as durable as what silos commit; empty where that is so anyway.</summary>
    public string SettleText => IsPostgres ? Barrier : "";

    /// <summary>
    /// Returns once whatever could be read before is as durable as what silos commit. A server that was told to wait no longer for its standbys, or that was started again while it waited, shows
    /// what none of them has: an answer that rests on it would be lost with the server.
    /// </summary>
    public async Task Settle()
    {
        if (Source is NpgsqlDataSource source)
        {
            await using var command = source.CreateCommand(Barrier);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Appends.DisposeAsync();
    }

    private static PlatformDatabase OpenSqlite(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10, ForeignKeys = true };
        var source = SqliteFactory.Instance.CreateDataSource(settings.ConnectionString);
        return new PlatformDatabase(false, settings.ConnectionString, source, source);
    }

    private static PlatformDatabase OpenPostgres(string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            // The text may hold a password: it is not repeated, nor is the parser's message about it.
            throw new InvalidOperationException($"'{ConfigurationKey}' is neither 'sqlite:PATH' nor a PostgreSQL connection string.");
        }

        // The provider does not prepare its statements by itself; every path here repeats a handful of them.
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 50);
        settings.AutoPrepareMinUsages = 2;
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, 10);
        settings.Timeout = Math.Min(settings.Timeout, 5);
        // What takes too long is cancelled, and the answer to that is not believed: a server whose commit waits for its standbys says then that all is well, though no standby has it.
        settings.CancellationTimeout = -1;
        // No statement here changes a session: seven statements that reset it would run before each of ours.
        settings.NoResetOnClose = true;
        var source = NpgsqlDataSource.Create(settings);
        var appends = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = LedgerOptions.MostLanes, MinPoolSize = 0 };
        return new PlatformDatabase(true, settings.ConnectionString, source, NpgsqlDataSource.Create(appends));
    }
}
