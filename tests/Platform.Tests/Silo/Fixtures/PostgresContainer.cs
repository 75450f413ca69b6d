using Testcontainers.PostgreSql;
using Xunit;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>PostgreSQL in a container; the port is fixed so that it survives a restart.</summary>
internal sealed class PostgresContainer : IPostgres
{
    private readonly PostgreSqlContainer _container = new PostgreSqlBuilder("postgres:17")
        .WithPortBinding(FreePorts.Next(), PostgreSqlBuilder.PostgreSqlPort)
        // Containers of tests acknowledge early unless they are told not to, and silos refuse such a server.
        .WithCommand("-c", "max_connections=400", "-c", "synchronous_commit=on")
        .Build();

    public string ConnectionString => _container.GetConnectionString();

    public Task Start() => _container.StartAsync(TestContext.Current.CancellationToken);

    public Task Stop() => _container.StopAsync(TestContext.Current.CancellationToken);

    public async Task Restore(string dumped, string into)
    {
        const string Dump = "/tmp/province.dump";
        var result = await _container.ExecAsync(
            ["sh", "-c", $"pg_dump -U postgres -Fc -f {Dump} {dumped} && pg_restore -U postgres --exit-on-error -d {into} {Dump}"], TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Stderr);
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
