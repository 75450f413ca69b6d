using System.Diagnostics;
using Platform.Load.Stack;

namespace Platform.Load.Peer.Sql;

/// <summary>A mode of this program, or one of the platform's, as a process of its own that serves HTTP.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;

    private LoadProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Starts a program and returns when it is ready.</summary>
    public static async Task<LoadProcess> Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, Uri address, CancellationToken cancellation)
    {
        var process = await Launcher.Start([], ["dotnet", file, .. arguments], settings, AppContext.BaseDirectory);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var started = new LoadProcess(process, address);
        await started.Ready(cancellation);
        return started;
    }

    /// <summary>Starts this program in another mode, with memory collected as in a web program, which this one is not by itself.</summary>
    public static Task<LoadProcess> StartMode(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, Uri address, CancellationToken cancellation) => Start(
        Path.Combine(AppContext.BaseDirectory, "Platform.Load.dll"), arguments, new Dictionary<string, string>(settings) { ["DOTNET_gcServer"] = "1" }, address, cancellation);

    /// <summary>An address that nothing listens at yet.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{Ports.Block(1)}/");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task Ready(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (!await Answers(http, patience.Token))
        {
            if (_process.HasExited)
            {
                throw new StackException($"A program of the comparison ended with {_process.ExitCode} before it was ready.");
            }

            await Task.Delay(Pause, TimeProvider.System, patience.Token);
        }
    }

    private async Task<bool> Answers(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "health/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
