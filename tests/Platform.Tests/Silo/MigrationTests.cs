using Platform.Domain.Ledger;
using Platform.Hosting;
using Platform.Silo;
using Platform.Silo.Commands;
using Platform.Silo.Storage;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Silo;

/// <summary>Silos bring their schema themselves, all at once, and stay away from a schema that they do not know.</summary>
public sealed class MigrationTests(PostgresServer postgres) : KernelTest(postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Silos_that_start_at_once_on_an_empty_database_leave_one_schema_and_one_rule_book(DatabaseKind kind)
    {
        var province = await EmptyProvince(kind);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var database = PlatformDatabase.Open(province.Text);
            await SiloHost.Prepare(database);
        })));
        await SiloHost.Prepare(province.Database);

        Assert.Equal(kind == DatabaseKind.Postgres ? 6 : 4, await province.Count("schema_migration"));
        Assert.Equal([LedgerKinds.RuleBookDrafted, LedgerKinds.RuleBookPublished], (await province.Governance()).Select(entry => entry.Kind));
        Assert.Equal(1, (await (await province.Start()).Rules.Current()).Number);
    }

    [Theory, EachDatabase]
    public async Task A_rule_book_that_was_drafted_but_not_yet_published_is_published_by_the_next_start(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Execute("DELETE FROM ledger WHERE subject = 'rules' AND seq = 2");
        await province.Execute("DELETE FROM ledger_batch WHERE batch = 2");

        await SiloHost.Prepare(province.Database);

        Assert.Equal([LedgerKinds.RuleBookDrafted, LedgerKinds.RuleBookPublished], (await province.Governance()).Select(entry => entry.Kind));
    }

    [Theory, EachDatabase]
    public async Task A_migration_that_was_changed_after_it_was_applied_stops_the_start(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Execute("UPDATE schema_migration SET checksum = 'other' WHERE version = 1");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloHost.Prepare(province.Database));

        Assert.Contains("001_ledger.sql was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_database_of_a_newer_release_stops_the_start(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Execute("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (999, '999_later.sql', 'x', 0)");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloHost.Prepare(province.Database));

        Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_silo_that_may_not_migrate_refuses_an_empty_database_and_leaves_it_empty(DatabaseKind kind)
    {
        var province = await EmptyProvince(kind);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => SiloHost.Open(province.Text, new SchemaOptions { Migrate = false }, Ct));

        Assert.Contains("001_ledger.sql", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => province.Count("schema_migration"));
        await SiloHost.Prepare(province.Database);
    }

    [Theory, EachDatabase]
    public async Task A_silo_that_may_not_migrate_waits_for_the_one_who_does(DatabaseKind kind)
    {
        var province = await EmptyProvince(kind);

        var waiting = SiloHost.Open(province.Text, new SchemaOptions { Migrate = false, Patience = TimeSpan.FromMinutes(1) }, Ct);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, await SiloCommands.Create().Parse(["migrate", "--database", province.Text]).InvokeAsync(cancellationToken: Ct));

        await using var opened = await waiting;
        Assert.Equal([LedgerKinds.RuleBookDrafted, LedgerKinds.RuleBookPublished], (await province.Governance()).Select(entry => entry.Kind));
    }

    [Theory, EachDatabase]
    public async Task A_silo_that_may_not_migrate_goes_on_beside_a_newer_release_and_not_beside_another_past(DatabaseKind kind)
    {
        var province = await NewProvince(kind);
        await province.Execute("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (999, '999_later.sql', 'x', 0)");
        await SiloHost.Prepare(province.Database, migrate: false);

        await province.Execute("UPDATE schema_migration SET checksum = 'other' WHERE version = 1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => SiloHost.Prepare(province.Database, migrate: false));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_asked_as_long_as_there_is_patience_and_no_longer()
    {
        const string Nobody = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1";

        await Assert.ThrowsAsync<CannotStartException>(() => SiloHost.Open(Nobody, cancellation: Ct));

        using var stopped = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SiloHost.Open(Nobody, new SchemaOptions { Patience = TimeSpan.FromMinutes(1) }, stopped.Token));
    }

    [Fact]
    public async Task PostgreSQL_compresses_long_entries_with_lz4()
    {
        var province = await NewProvince(DatabaseKind.Postgres);

        await using var command = province.Database.Source.CreateCommand("SELECT pg_column_compression(body) FROM ledger WHERE subject = 'rules' AND seq = 1");
        Assert.Equal("lz4", await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task A_PostgreSQL_that_acknowledges_before_a_commit_is_durable_stops_the_start()
    {
        var province = await NewProvince(DatabaseKind.Postgres);
        await province.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        await using var database = PlatformDatabase.Open(province.Text + ";Application Name=later");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloHost.Prepare(database));

        Assert.Contains("synchronous_commit", refusal.Message, StringComparison.Ordinal);
    }
}
