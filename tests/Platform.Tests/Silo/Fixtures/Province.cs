using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Domain.Ledger;
using Platform.Silo;
using Platform.Silo.Import;
using Platform.Silo.Ledger;
using Platform.Silo.Storage;
using Platform.Silo.Verify;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>One database, as many silos over it as a test starts, and a view into it that passes by all of them.</summary>
internal sealed class Province : IAsyncDisposable
{
    private readonly string _text;
    private readonly string? _folder;
    private readonly List<TestSilo> _silos = [];
    private int _ways;

    private Province(DatabaseKind kind, string text, string? folder)
    {
        (Kind, _text, _folder) = (kind, text, folder);
        Database = PlatformDatabase.Open(text);
    }

    public DatabaseKind Kind { get; }

    public PlatformDatabase Database { get; }

    /// <summary>The database as configuration names it.</summary>
    public string Text => _text;

    public IReadOnlyList<TestSilo> Silos => _silos;

    public static async Task<Province> Empty(DatabaseKind kind, PostgresServer postgres)
    {
        if (kind == DatabaseKind.Postgres)
        {
            return new Province(kind, await postgres.CreateDatabase(), null);
        }

        var folder = Directory.CreateTempSubdirectory("platform-province-").FullName;
        return new Province(kind, $"sqlite:{Path.Combine(folder, "province.db")}", folder);
    }

    public static async Task<Province> On(IPostgres server, string settings = "")
    {
        var province = new Province(DatabaseKind.Postgres, $"{await PostgresServer.CreateDatabase(server)};{settings}", null);
        await SiloHost.Prepare(province.Database);
        return province;
    }

    public async Task<TestSilo> Start(TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var silo = await TestSilo.Start(OwnWay(), clock, settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        _silos.Add(silo);
        return silo;
    }

    public async Task<ImportProgress> Import(params CitizenRecord[] records)
    {
        ImportProgress last = null!;
        var lines = records.Select((record, index) => new ImportLine(index + 1, new ImportRow { Record = record }, null, null)).ToAsyncEnumerable();
        await foreach (var progress in new CitizenImporter(Database, TimeProvider.System).Import(lines, CancellationToken.None))
        {
            last = progress;
        }

        return last;
    }

    public async Task<IReadOnlyList<LedgerEntry>> Ledger(PersonalId citizen) =>
        await new LedgerStore(Database).Read(citizen.Reveal(), 0, int.MaxValue);

    public async Task<IReadOnlyList<LedgerEntry>> Governance() =>
        await new LedgerStore(Database).Read(Platform.Silo.Rules.Governance.Subject, 0, int.MaxValue);

    public async Task<IReadOnlyList<string>> Kinds(PersonalId citizen) => [.. (await Ledger(citizen)).Select(entry => entry.Kind)];

    public Task<VerificationReport> Verify(IReadOnlyDictionary<int, LaneAnchor>? anchors = null) =>
        new LedgerVerification(Database).Run((_, _) => { }, anchors, CancellationToken.None);

    public async Task<int> Execute(string text, params (string Name, object Value)[] parameters)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = Command(connection, text, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> Scalar(string text, params (string Name, object Value)[] parameters)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = Command(connection, text, parameters);
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> Count(string table) => Convert.ToInt64(await Scalar($"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture);

    /// <summary>From now on every write of a record fails in the database.</summary>
    public Task BreakRecordWrites() => Execute(Kind == DatabaseKind.Sqlite
        ? """
          CREATE TRIGGER broken_insert BEFORE INSERT ON grain_state BEGIN SELECT RAISE(ABORT, 'broken'); END;
          CREATE TRIGGER broken_update BEFORE UPDATE ON grain_state BEGIN SELECT RAISE(ABORT, 'broken'); END;
          """
        : """
          CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END';
          CREATE TRIGGER broken BEFORE INSERT OR UPDATE ON grain_state FOR EACH ROW EXECUTE FUNCTION broken();
          """);

    public Task RepairRecordWrites() => Execute(Kind == DatabaseKind.Sqlite
        ? "DROP TRIGGER broken_insert; DROP TRIGGER broken_update;"
        : "DROP TRIGGER broken ON grain_state; DROP FUNCTION broken;");

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Database.DisposeAsync();
        if (_folder is not null)
        {
            SqliteConnection.ClearAllPools();
            for (var way = 0; way < _ways; way++)
            {
                File.Delete($"{_folder}-silo-{way}");
            }

            Directory.Delete(_folder, recursive: true);
            return;
        }

        using (var connection = new NpgsqlConnection(PlatformDatabase.Open(_text).ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await PostgresServer.DropDatabase(_text);
    }

    // A silo reaches an embedded database through a link of its own, so that the way of one silo alone can be cut.
    private string OwnWay()
    {
        if (_folder is null)
        {
            return _text;
        }

        var link = $"{_folder}-silo-{_ways++}";
        Directory.CreateSymbolicLink(link, _folder);
        return $"sqlite:{Path.Combine(link, "province.db")}";
    }

    private static DbCommand Command(DbConnection connection, string text, (string Name, object Value)[] parameters)
    {
        var command = connection.Command(text);
        foreach (var (name, value) in parameters)
        {
            command.With(name, value);
        }

        return command;
    }
}
