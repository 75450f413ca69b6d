using System.Diagnostics;
using System.Globalization;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>PostgreSQL from the machine's own binaries, in a folder and on a port of its own.</summary>
internal sealed class PostgresProcess : IPostgres
{
    private readonly string _binaries;
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-postgres-").FullName;
    private readonly int _port = FreePorts.Next();
    private bool _initialised;

    private PostgresProcess(string binaries) => _binaries = binaries;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>A server that is not started yet, or null if the machine has no PostgreSQL.</summary>
    public static PostgresProcess? Find()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var folder = versions
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "pg_ctl")));
        return folder is null ? null : new PostgresProcess(folder);
    }

    public async Task Start()
    {
        if (!_initialised)
        {
            if (Environment.UserName == "root")
            {
                await Run("chown", "postgres", _folder);
            }

            await RunAsOwner("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            _initialised = true;
        }

        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=400");
        await RunAsOwner("pg_ctl", "-D", Data, "-o", settings, "-l", Path.Combine(_folder, "log"), "-w", "start");
    }

    // As a power cut would: no shutdown checkpoint, recovery at the next start.
    public Task Stop() => RunAsOwner("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public async Task Restore(string dumped, string into)
    {
        var dump = Path.Combine(_folder, "province.dump");
        string[] here = ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"];
        await RunAsOwner("pg_dump", [.. here, "-Fc", "-f", dump, dumped]);
        await RunAsOwner("pg_restore", [.. here, "--exit-on-error", "-d", into, dump]);
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await Stop();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // initdb and the server refuse to run as root.
    private Task RunAsOwner(string program, params string[] arguments) => Environment.UserName == "root"
        ? Run("runuser", ["-u", "postgres", "--", Path.Combine(_binaries, program), .. arguments])
        : Run(Path.Combine(_binaries, program), arguments);

    // The output is not redirected: the server would inherit the pipe and hold it open.
    private static async Task Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
