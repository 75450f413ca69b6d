using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Platform.Load.Stack;

/// <summary>A PostgreSQL server of the stack's own, from the machine's binaries, durable as an operator would have it.</summary>
internal sealed class PostgresNode(string address, string folder, IReadOnlyList<string> around, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const string Owner = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly string _binaries = Binaries();
    private readonly int _port = Ports.Block(1);
    private Process? _process;

    /// <summary>For whoever has a database of their own here.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = address, Port = _port, Username = Owner, Database = database }.ConnectionString;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The postmaster's process.</summary>
    public int Id => _process?.Id ?? throw new StackException("PostgreSQL was not started.");

    /// <summary>The folder of its files.</summary>
    public string Folder => folder;

    public int Port => _port;

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes the files and starts the server.</summary>
    public async Task Create(CancellationToken cancellation)
    {
        if (Environment.UserName == "root")
        {
            await Launcher.Run(around, ["chown", Owner, folder], "/", cancellation: cancellation);
        }

        string[] make = [Path.Combine(_binaries, "initdb"), "-D", Data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"];
        await Launcher.Run(around, make, "/", Owner, cancellation);
        if (address != "127.0.0.1")
        {
            await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "host all all samenet trust\n", cancellation);
        }

        await Start(cancellation);
    }

    /// <summary>Starts the server and returns when it takes connections, after recovery if it needs one.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        do
        {
            // After a kill its children may hold the shared memory for a moment, and the server does not start.
            if (_process is null or { HasExited: true })
            {
                // The former one is not disposed of: somebody may just look whether it runs.
                _process = await Launcher.Start(around, Command(), new Dictionary<string, string>(), "/", Owner);
                Drain(_process);
            }

            await Task.Delay(Pause, TimeProvider.System, patience.Token);
        }
        while (!await Answers(patience.Token));
    }

    /// <summary>Stops the server in one of the ways of pg_ctl: smart, fast or immediate.</summary>
    public async Task Stop(string mode, CancellationToken cancellation)
    {
        await Launcher.Run(around, [Path.Combine(_binaries, "pg_ctl"), "-D", Data, "-m", mode, "-w", "stop"], "/", Owner, cancellation);
        await _process!.WaitForExitAsync(cancellation);
    }

    /// <summary>Takes the postmaster away at once; its children end by themselves.</summary>
    public async Task Kill(CancellationToken cancellation)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    /// <summary>Makes a database and gives its connection string.</summary>
    public async Task<string> CreateDatabase(string name, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(Owner));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(cancellation);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Stop("immediate", CancellationToken.None);
        }

        _process?.Dispose();
    }

    private static string Binaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        return versions
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "postgres")))
            ?? throw new StackException("PostgreSQL is not installed: initdb and postgres were not found.");
    }

    private string[] Command() =>
    [
        Path.Combine(_binaries, "postgres"), "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture),
        "-c", $"listen_addresses={address}", "-c", $"unix_socket_directories={folder}", "-c", "max_connections=800",
        "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on",
        .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" }),
    ];

    // Nobody reads what it says; a full pipe would hold it up.
    private static void Drain(Process process)
    {
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(Owner)) { Pooling = false, Timeout = 2 }.ConnectionString);
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
