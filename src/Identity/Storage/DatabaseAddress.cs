using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Platform.Identity.Storage;

/// <summary>A database named by configuration: a SQLite file, or a PostgreSQL database in which we own the schema <c>identity</c>.</summary>
sealed record DatabaseAddress(bool IsSqlite, string ConnectionString, string Name)
{
    const string SqlitePrefix = "sqlite:";
    public const string Schema = "identity";
    const int PreparedStatements = 100;

    public static DatabaseAddress? TryParse(string text)
    {
        if (text.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase))
        {
            var path = text[SqlitePrefix.Length..].Trim();
            return path.Length == 0 ? null : Sqlite(Path.GetFullPath(path));
        }
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text) { SearchPath = Schema };
            // The provider prepares nothing by itself; every path here repeats a handful of statements.
            builder.MaxAutoPrepare = Math.Max(builder.MaxAutoPrepare, PreparedStatements);
            builder.AutoPrepareMinUsages = 2;
            // What takes too long is cancelled, and the answer to that is not believed: a commit that waited for its standbys looks then as if they had it.
            builder.CancellationTimeout = -1;
            // No statement here changes a session: seven statements that reset it would run before each of ours.
            builder.NoResetOnClose = true;
            return string.IsNullOrEmpty(builder.Host)
                ? null
                : new(false, builder.ConnectionString, $"{builder.Database} on {builder.Host}");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public void Use(DbContextOptionsBuilder options)
    {
        if (IsSqlite)
        {
            options.UseSqlite(ConnectionString);
        }
        else
        {
            options.UseNpgsql(ConnectionString);
        }
    }

    static DatabaseAddress Sqlite(string path) => new(true, new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString, path);
}
