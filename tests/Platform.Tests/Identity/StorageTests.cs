using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Hosting;
using Platform.Identity.Storage;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class StorageTests : IDisposable
{
    readonly IdentityPlace _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_scripts_make_every_table_and_column_of_the_model()
    {
        await using var app = IdentityServer.Build(_place);
        await app.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
        await using var database = await Open(app.Services);

        foreach (var entity in database.Model.GetEntityTypes())
        {
            var actual = await Columns(database, entity.GetTableName()!);
            Assert.Equal(entity.GetProperties().Select(property => property.GetColumnName()).Order(), actual.Order());
        }
    }

    [Fact]
    public async Task Migrations_that_run_together_apply_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var app = IdentityServer.Build(_place);
            await app.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
        }));

        await using var last = IdentityServer.Build(_place);
        await using var database = await Open(last.Services);
        Assert.Equal(
            SchemaScripts.All.Select(script => (long)script.Version),
            await database.Database.SqlQuery<long>($"SELECT version AS \"Value\" FROM schema_version ORDER BY version").ToListAsync(Ct));
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_left_alone()
    {
        await using var app = IdentityServer.Build(_place);
        var migrator = app.Services.GetRequiredService<SchemaMigrator>();
        await migrator.Migrate(Ct);
        await using var database = await Open(app.Services);
        await database.Database.ExecuteSqlAsync($"INSERT INTO schema_version (version, applied_at) VALUES (9999, 0)", Ct);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => migrator.Migrate(Ct));

        Assert.Contains("newer program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_may_not_migrate_refuses_an_empty_database_and_goes_on_beside_a_newer_program()
    {
        await using var app = IdentityServer.Build(_place, settings: new() { ["Identity:MigrateSchema"] = "false" });
        var migrator = app.Services.GetRequiredService<SchemaMigrator>();

        var refusal = await Assert.ThrowsAsync<SchemaMissingException>(() => migrator.Migrate(Ct));
        Assert.Contains("'migrate'", refusal.Message, StringComparison.Ordinal);

        await migrator.Migrate(Ct, always: true);
        await using var database = await Open(app.Services);
        await database.Database.ExecuteSqlAsync($"INSERT INTO schema_version (version, applied_at) VALUES (9999, 0)", Ct);
        await migrator.Migrate(Ct);
    }

    [Fact]
    public async Task A_server_that_may_not_migrate_waits_for_the_one_who_does()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var waits = IdentityServer.Build(_place, clock, settings: new() { ["Identity:MigrateSchema"] = "false", ["Identity:SchemaPatience"] = "00:01:00" });
        await using var migrates = IdentityServer.Build(_place);
        var waiting = waits.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);

        await migrates.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await waiting;
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_sentence()
    {
        using var place = new IdentityPlace();
        await File.WriteAllTextAsync(place.Database["sqlite:".Length..], new string('x', 5000), Ct);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => IdentityServer.Start(place));

        Assert.Contains("check Identity:Database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Used_assertions_are_forgotten_only_after_they_would_be_refused_as_expired()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = IdentityServer.Build(_place, clock);
        await app.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
        var used = app.Services.GetRequiredService<UsedValues>();
        var expires = clock.GetUtcNow().AddMinutes(5);
        Assert.True(await used.TryUse("a", "1", expires, Ct));

        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, await used.Prune(Ct));
        Assert.False(await used.TryUse("a", "1", expires, Ct));

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await used.Prune(Ct));
    }

    [Fact]
    public async Task A_machine_token_leaves_no_row_but_its_used_assertion()
    {
        await using var server = await IdentityServer.Start(_place);
        var key = SectorKey.Es256();
        await server.Clients.Register(key.Registration("bhxh-dak-nong"), Ct);

        Assert.True((await server.AskToken(key.Assert("bhxh-dak-nong", TimeProvider.System.GetUtcNow()))).IsSuccessStatusCode);

        await using var database = await Open(server.Services);
        Assert.Equal(1, await database.UsedValues.CountAsync(Ct));
        Assert.Equal(0, await database.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken>().CountAsync(Ct));
        Assert.Equal(0, await database.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization>().CountAsync(Ct));
    }

    static Task<IdentityDatabase> Open(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync(Ct);

    static async Task<List<string>> Columns(IdentityDatabase database, string table)
    {
        var connection = database.Database.GetDbConnection();
        await database.Database.OpenConnectionAsync(Ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The table's name comes from the model.
        command.CommandText = $"SELECT * FROM \"{table}\" WHERE 1 = 0";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Ct);
        return [.. (await reader.GetColumnSchemaAsync(Ct)).Select(column => column.ColumnName)];
    }
}
