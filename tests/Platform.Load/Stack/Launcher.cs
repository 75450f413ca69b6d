using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Load.Stack;

/// <summary>
/// Starts processes that die with this one, however it dies. The system ties a child to the thread that started it, so one thread starts all of them
/// and lives as long as the program.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<Action> Work = [];

    static Launcher() => new Thread(() =>
    {
        foreach (var start in Work.GetConsumingEnumerable())
        {
            start();
        }
    })
    { IsBackground = true, Name = "launcher" }.Start();

    /// <summary>Starts a command that is killed when this program ends; <paramref name="around"/> stands in front of it.</summary>
    public static async Task<Process> Start(
        IEnumerable<string> around, IEnumerable<string> command, IReadOnlyDictionary<string, string> settings, string folder, string? user = null)
    {
        string[] tied = ["setpriv", "--pdeathsig", "KILL", .. As(user), "--"];
        string[] words = [.. around, .. tied, .. command];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return await StartPlain(start);
    }

    /// <summary>Starts a command as it stands, from the thread that lives as long as the program.</summary>
    public static async Task<Process> StartPlain(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                process.Start();
                started.SetResult();
            }
            catch (Exception failure)
            {
                started.SetException(new StackException($"{start.FileName} could not be started: {failure.Message}", failure));
            }
        });
        await started.Task;
        return process;
    }

    /// <summary>Runs a command to its end; one that fails is told with what it printed.</summary>
    public static async Task<string> Run(IEnumerable<string> around, IEnumerable<string> command, string folder, string? user = null, CancellationToken cancellation = default)
    {
        string[] words = [.. command];
        var (exit, output) = await TryRun(around, words, folder, user, cancellation);
        return exit == 0 ? output : throw new StackException($"{Path.GetFileName(words[0])} ended with {exit}: {output}");
    }

    /// <summary>Runs a command to its end, whatever it is.</summary>
    public static async Task<(int ExitCode, string Output)> TryRun(
        IEnumerable<string> around, IEnumerable<string> command, string folder, string? user = null, CancellationToken cancellation = default)
    {
        using var process = await Start(around, command, new Dictionary<string, string>(), folder, user);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, (await output + await error).Trim());
    }

    private static string[] As(string? user) => user is null || Environment.UserName != "root" ? [] : ["--reuid", user, "--regid", user, "--init-groups"];
}
