using DotNet.Testcontainers.Builders;
using Npgsql;
using Platform.Tests.Silo.Fixtures;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Platform.Tests.Silo.Fixtures;

/// <summary>The run's one PostgreSQL server, started when the first test needs it; every test gets a database of its own.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Nowhere =
        "PostgreSQL is not available: no Docker engine answers and the machine has no initdb and pg_ctl. Start Docker or install PostgreSQL.";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPostgres? _server;

    /// <summary>A started server that the test may stop; skips the test where there is none, except in CI.</summary>
    public static async Task<IPostgres> StartOwn()
    {
        IPostgres? server;
        try
        {
            server = new PostgresContainer();
        }
        catch (DockerUnavailableException)
        {
            server = PostgresProcess.Find();
        }

        if (server is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Nowhere);
            Assert.Fail(Nowhere);
        }

        await server.Start();
        return server;
    }

    /// <summary>A new, empty database.</summary>
    public async Task<string> CreateDatabase()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _server ??= await StartOwn();
        }
        finally
        {
            _gate.Release();
        }

        return await CreateDatabase(_server);
    }

    /// <summary>Dumps a database of the run's server and restores the dump into another, empty one.</summary>
    public Task Restore(string dumped, string into) =>
        _server!.Restore(new NpgsqlConnectionStringBuilder(dumped).Database!, new NpgsqlConnectionStringBuilder(into).Database!);

    /// <summary>A new, empty database on a server.</summary>
    public static async Task<string> CreateDatabase(IPostgres server)
    {
        var name = $"province_{Guid.NewGuid():N}";
        await Maintain(server.ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public static async Task DropDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var name = settings.Database;
        settings.Database = "postgres";
        await Maintain(settings.ConnectionString, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
        }
    }

    private static async Task Maintain(string connectionString, string text)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
