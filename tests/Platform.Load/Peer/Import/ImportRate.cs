using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Platform.Domain.Citizens;
using Platform.Load.Peer.Sql;
using Platform.Load.Stack;
using Platform.Synthetic;

namespace Platform.Load.Peer.Import;

/// <summary>
/// <c>silo import</c> of synthetic citizens beside a bare COPY of the very rows that it wrote into tables of the same shape, in turns on one server; and
/// an import that is killed in the middle and started again.
/// </summary>
internal sealed class ImportRate(PostgresNode server, string folder, int citizens, Action<string> tell)
{
    private const int Seed = 468;
    private const double KilledAt = 0.3;
    private static readonly string[] Tables = ["grain_state", "ledger_lane", "ledger_batch", "ledger"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private string File => Path.Combine(folder, "citizens.ndjson");

    /// <summary>Gives the file that is imported: what is wrong on purpose in a synthetic province is left out.</summary>
    public async Task Write(CancellationToken cancellation)
    {
        var options = new SyntheticOptions { Citizens = citizens, Seed = Seed, AsOf = CivilTime.Day(TimeProvider.System.GetUtcNow()) };
        await using var stream = System.IO.File.Create(File);
        await ProvinceFile.Write(stream, SyntheticProvince.Generate(options).DistinctBy(row => row.Record.PersonalId), FileFormat.Ndjson, cancellation: cancellation);
        tell(string.Create(CultureInfo.InvariantCulture, $"{citizens} citizens, {stream.Length / 1024 / 1024} MiB of NDJSON"));
    }

    /// <summary>Imports into a new database and copies into another; gives how many times as long the import took, and its processor time likewise.</summary>
    public async Task<(double Time, double Processor)> Round(int number, CancellationToken cancellation)
    {
        var imported = await server.CreateDatabase($"imported_{number}", cancellation);
        var (began, used) = (Stopwatch.GetTimestamp(), ProcessorTime.OfTree(server.Id));
        var own = await Import(imported, cancellation);
        var (seconds, processor) = (Stopwatch.GetElapsedTime(began).TotalSeconds, own + ProcessorTime.OfTree(server.Id) - used);
        await Unpack(imported, cancellation);

        var copied = await server.CreateDatabase($"copied_{number}", cancellation);
        // The same schema by the platform's own migrations, without what they put into it.
        await Launcher.Run([], ["dotnet", Programs.File(Programs.Silo), "verify-ledger", "--database", copied], folder, cancellation: cancellation);
        await Execute(copied, "TRUNCATE grain_state, ledger, ledger_batch, ledger_lane", cancellation);
        (began, used) = (Stopwatch.GetTimestamp(), ProcessorTime.OfTree(server.Id));
        await CopyIn(copied, cancellation);
        var (copySeconds, copyProcessor) = (Stopwatch.GetElapsedTime(began).TotalSeconds, ProcessorTime.OfTree(server.Id) - used);

        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"import {seconds:0.0} s ({citizens / seconds:0} citizens/s; CPU {processor:0.0} s, of which the importer {own:0.0} s); COPY of its rows {copySeconds:0.0} s ({citizens / copySeconds:0}/s; CPU {copyProcessor:0.0} s)"));
        await Drop(imported, cancellation);
        await Drop(copied, cancellation);
        return (seconds / copySeconds, processor / copyProcessor);
    }

    /// <summary>Kills an import and starts it again; gives what is lost or there twice, or null.</summary>
    public async Task<string?> Interrupted(CancellationToken cancellation)
    {
        var database = await server.CreateDatabase("interrupted", cancellation);
        var expected = System.IO.File.ReadLines(File).LongCount();
        using (var first = await Launcher.Start([], Command(database), new Dictionary<string, string>(), folder))
        {
            first.OutputDataReceived += (_, _) => { };
            first.BeginOutputReadLine();
            while (!first.HasExited && await Count(database, cancellation) < expected * KilledAt)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }

            first.Kill();
            await first.WaitForExitAsync(cancellation);
        }

        var held = await Count(database, cancellation);
        await Import(database, cancellation);
        var (records, entries) = (await Count(database, cancellation), await Number(database, "SELECT count(*) FROM ledger WHERE kind = 'record.imported'", cancellation));
        var subjects = await Number(database, "SELECT count(DISTINCT subject) FROM ledger WHERE kind = 'record.imported'", cancellation);
        var (exit, verified) = await Launcher.TryRun([], ["dotnet", Programs.File(Programs.Silo), "verify-ledger", "--database", database], folder, cancellation: cancellation);
        tell($"killed with {held} of {expected} taken in, started again: {records} records, {entries} entries of {subjects} citizens; {verified.Split('\n')[^1]}");
        await Drop(database, cancellation);
        return held > 0 && held < expected && records == expected && entries == expected && subjects == expected && exit == 0
            ? null
            : "The interrupted import lost or doubled something, or was not interrupted.";
    }

    private string[] Command(string database) => ["dotnet", Programs.File(Programs.Silo), "import", File, "--database", database];

    // The processor time of a process is gone with it, so it is read while it runs.
    private async Task<double> Import(string database, CancellationToken cancellation)
    {
        using var process = await Launcher.Start([], Command(database), new Dictionary<string, string>(), folder);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var ended = process.WaitForExitAsync(cancellation);
        double used = 0;
        while (!ended.IsCompleted)
        {
            used = Math.Max(used, ProcessorTime.Of(process.Id));
            await Task.WhenAny(ended, Task.Delay(Pause, TimeProvider.System, cancellation));
        }

        await ended;
        return process.ExitCode == 0 ? used : throw new StackException($"The import ended with {process.ExitCode}.");
    }

    private async Task Unpack(string database, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        foreach (var table in Tables)
        {
            await using var file = System.IO.File.Create(Path.Combine(folder, table));
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {table} TO STDOUT (FORMAT binary)", cancellation);
            await rows.CopyToAsync(file, cancellation);
        }
    }

    private async Task CopyIn(string database, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var table in Tables)
        {
            await using var file = System.IO.File.OpenRead(Path.Combine(folder, table));
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {table} FROM STDIN (FORMAT binary)", cancellation);
            await file.CopyToAsync(rows, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static Task<long> Count(string database, CancellationToken cancellation) =>
        Number(database, "SELECT CASE WHEN to_regclass('grain_state') IS NULL THEN 0 ELSE (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM grain_state WHERE grain_type = ''record''', false, true, '')))[1]::text::bigint END", cancellation);

    private static async Task<long> Number(string database, string text, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(text);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(string database, string text, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(text);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task Drop(string database, CancellationToken cancellation) =>
        await Execute(server.ConnectionString("postgres"), $"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)", cancellation);
}
