using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The whole province as a newcomer starts it: a process of its own, talked to over HTTP only.</summary>
public sealed class ProvinceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProvinceProcess(Process process, string data)
    {
        _process = process;
        Data = data;
    }

    public string Data { get; }

    public IEnumerable<string> Output => _output;

    public int ExitCode => _process.ExitCode;

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

        var province = new ProvinceProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
        province.Begin();
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAny(province._ready.Task, province._process.WaitForExitAsync(patience.Token));
        Assert.False(patience.IsCancellationRequested, "The province was not ready in time: " + string.Join('\n', province.Output));
        return province;
    }

    /// <summary>Runs a command of one of the programs to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        var province = new ProvinceProcess(new Process { StartInfo = Dotnet(program, arguments), EnableRaisingEvents = true }, "");
        province.Begin();
        using var patience = new CancellationTokenSource(Patience);
        await province._process.WaitForExitAsync(patience.Token);
        return (province.ExitCode, string.Join('\n', province.Output));
    }

    public static int FreeBasePort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var candidate = Random.Shared.Next(20_000, 60_000);
            if (new[] { 1, 2, 3, 10, 11 }.All(offset => IsFree(candidate + offset)))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("No free ports were found.");
    }

    public JsonDocument Province() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "province.json")));

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>What Ctrl-C does.</summary>
    public async Task Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
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

    internal static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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

    private void Begin()
    {
        void Take(string? line)
        {
            if (line is null)
            {
                return;
            }

            _output.Enqueue(line);
            if (line == "ready")
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
