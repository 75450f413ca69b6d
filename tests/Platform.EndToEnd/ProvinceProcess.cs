using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The whole province as a newcomer starts it: a process of its own, talked to over HTTP only.</summary>
public sealed class ProvinceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly int _basePort;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _readyLine;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProvinceProcess(Process process, string data, int basePort = 0, string readyLine = "\nready\n")
    {
        _readyLine = readyLine;
        _process = process;
        _basePort = basePort;
        Data = data;
    }

    public string Data { get; }

    public IEnumerable<string> Output => _output;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public static string Folder { get; } = Directory.CreateTempSubdirectory("province-").FullName;

    public static string NewData() => Path.Combine(Folder, Guid.NewGuid().ToString("N"));

    /// <summary>Starts the province and waits until it says that it is ready, or has ended.</summary>
    public static async Task<ProvinceProcess> Start(string data, int basePort, PeopleIssuer? people = null, string? database = null, int citizens = 120,
        Dictionary<string, string>? settings = null)
    {
        var start = Dotnet("Platform.Local", ["--data", data, "--citizens", $"{citizens}", "--port", $"{basePort}"]);
        if (database is not null)
        {
            start.ArgumentList.Add("--database");
            start.ArgumentList.Add(database);
        }

        if (people is not null)
        {
            start.Environment["Api__TrustedIssuers__1__Issuer"] = people.Address;
            start.Environment["Api__TrustedIssuers__1__Kinds__0"] = "person";
            start.Environment["Api__TrustedIssuers__1__LiveSessions"] = "false";
        }

        foreach (var (name, value) in settings ?? [])
        {
            start.Environment[name] = value;
        }

        var province = new ProvinceProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data, basePort);
        await province.Ready();
        return province;
    }

    /// <summary>Starts one of the programs that serve, and waits until it says that it does.</summary>
    public static async Task<ProvinceProcess> Serve(string program, Dictionary<string, string> settings)
    {
        var start = Dotnet(program, []);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new ProvinceProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, "", readyLine: "Application started.");
        await server.Ready();
        Assert.False(server._process.HasExited, string.Join('\n', server.Output));
        return server;
    }

    /// <summary>Runs a command of one of the programs to its end.</summary>
    public static Task<(int ExitCode, string Output)> Run(string program, params string[] arguments) => Run(program, [], "", arguments);

    /// <summary>Runs a command that may take longer than the others.</summary>
    public static Task<(int ExitCode, string Output)> Run(string program, TimeSpan patience, params string[] arguments) => Run(program, [], "", patience, arguments);

    /// <summary>As the other, with settings in environment variables and a line of standard input.</summary>
    public static Task<(int ExitCode, string Output)> Run(string program, Dictionary<string, string> settings, string input, params string[] arguments) =>
        Run(program, settings, input, Patience, arguments);

    private static async Task<(int ExitCode, string Output)> Run(
        string program, Dictionary<string, string> settings, string input, TimeSpan patienceFor, string[] arguments)
    {
        var start = Dotnet(program, arguments);
        start.RedirectStandardInput = true;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var province = new ProvinceProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, "");
        province.Begin();
        await province._process.StandardInput.WriteLineAsync(input);
        province._process.StandardInput.Close();
        using var patience = new CancellationTokenSource(patienceFor);
        await province._process.WaitForExitAsync(patience.Token);
        return (province.ExitCode, string.Join('\n', province.Output));
    }

    /// <summary>What --port takes: room for identity, api, portal, silo and gateway above it.</summary>
    public static int FreeBasePort() => FreePorts.Block(12);

    /// <summary>Settings with which another program reaches what this province keeps and runs.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Identity__Database"] = "sqlite:" + Path.Combine(Data, "identity.db"),
        ["Identity__KeyRingDirectory"] = Path.Combine(Data, "identity-keys"),
        ["Cluster__Gateways__0"] = $"127.0.0.1:{_basePort + 11}",
    };

    public JsonDocument Province() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "province.json")));

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Asks it to leave, as an orchestrator does; what Ctrl-C sends goes the same way, but is ignored by what was started in the background.</summary>
    public async Task Interrupt()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await Ended();
    }

    public async Task Ended()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await Ended();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Dotnet(string program, IReadOnlyList<string> arguments)
    {
        // The programs lie beside the tests: artifacts/bin/PROJECT/CONFIGURATION.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var binary = Path.Combine(here.Parent!.Parent!.FullName, program, here.Name, program + ".dll");
        Assert.True(File.Exists(binary), $"{program} is not built.");
        return new ProcessStartInfo("dotnet", [binary, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
    }

    private async Task Ready()
    {
        Begin();
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAny(_ready.Task, _process.WaitForExitAsync(patience.Token));
        Assert.False(patience.IsCancellationRequested, "It was not ready in time: " + string.Join('\n', Output));
    }

    private void Begin()
    {
        void Take(string? line)
        {
            if (line is null)
            {
                return;
            }

            _output.Enqueue(line);
            if ($"\n{line}\n".Contains(_readyLine, StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }

        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}
