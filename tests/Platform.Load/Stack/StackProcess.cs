using System.Diagnostics;
using System.Globalization;

namespace Platform.Load.Stack;

/// <summary>One program of the stack, which can be killed, frozen, asked to leave and started again at the same address.</summary>
internal sealed class StackProcess(string name, string program, string folder, IReadOnlyList<string> around) : IAsyncDisposable
{
    private const string ReadyLine = "Application started.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Lock _turn = new();
    private Process? _process;
    private volatile bool _serves;

    public string Name => name;

    /// <summary>The folder of another version whose program is taken at the next start; null for this one's.</summary>
    public string? Repository { get; set; }

    /// <summary>Environment variables at the next start.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public int Id => _process?.Id ?? throw new StackException($"{name} was not started.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Whether it runs and has said that it serves.</summary>
    public bool IsServing => IsRunning && _serves;

    private string LogFile => Path.Combine(folder, $"{name}.log");

    /// <summary>Starts it and returns when it says that it serves.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        _serves = false;

        // The former one is not disposed of: somebody may just look whether it runs.
        _process = await Launcher.Start(around, ["dotnet", Programs.File(program, Repository)], Settings, folder);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, _process.WaitForExitAsync(cancellation)).WaitAsync(Patience, cancellation);
        if (!ready.Task.IsCompleted)
        {
            throw new StackException($"{name} did not start (exit code {_process.ExitCode}); what it said is in {LogFile}.");
        }

        _serves = true;
    }

    /// <summary>Starts it again when it has ended.</summary>
    public async Task Restart(CancellationToken cancellation)
    {
        await Ended(cancellation);
        await Start(cancellation);
    }

    /// <summary>Takes it away at once, as <c>kill -9</c> does.</summary>
    public async Task Kill(CancellationToken cancellation)
    {
        await Signal("KILL", cancellation);
        await Ended(cancellation);
    }

    /// <summary>Asks it to leave and waits until it has; gives its exit code.</summary>
    public async Task<int> Interrupt(CancellationToken cancellation)
    {
        await Signal("TERM", cancellation);
        await Ended(cancellation);
        return _process!.ExitCode;
    }

    /// <summary>Stops it where it stands.</summary>
    public Task Freeze(CancellationToken cancellation) => Signal("STOP", cancellation);

    /// <summary>Lets it go on.</summary>
    public Task Thaw(CancellationToken cancellation) => Signal("CONT", cancellation);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await Kill(CancellationToken.None);
        }

        _process?.Dispose();
    }

    private async Task Ended(CancellationToken cancellation) => await _process!.WaitForExitAsync(cancellation).WaitAsync(Patience, cancellation);

    private async Task Signal(string signal, CancellationToken cancellation)
    {
        if (IsRunning)
        {
            await Launcher.Run([], ["kill", $"-{signal}", Id.ToString(CultureInfo.InvariantCulture)], folder, cancellation: cancellation);
        }
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_turn)
        {
            File.AppendAllText(LogFile, line + "\n");
        }

        if (line.Contains(ReadyLine, StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
