using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>The Docker engine by its own program, as people use it.</summary>
internal static partial class Docker
{
    private const int LinesShown = 60;
    private const string Nowhere = "No Docker engine with Linux containers answers, and the images are built and run by one. Start Docker.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Skips the test where no engine answers, except in CI.</summary>
    public static async Task Require()
    {
        if (!await Answers())
        {
            Give(Nowhere);
        }
    }

    /// <summary>Skips the test for a reason that lies in the machine; in CI that is a failure.</summary>
    public static void Give(string reason)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Fail(reason);
    }

    /// <summary>Runs a command that must succeed; gives what it wrote.</summary>
    public static Task<string> Run(params IReadOnlyList<string> arguments) => Run(arguments, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    /// <summary>As the other, with variables that arguments refer to by name, so that no secret stands in a command line, and with input.</summary>
    public static async Task<string> Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, ReadOnlyMemory<byte> input)
    {
        var (exit, output) = await Try(arguments, variables, input);
        Assert.True(exit == 0, $"docker {arguments[0]} ended with {exit}: {Shown(output)}");
        return output.Trim();
    }

    /// <summary>Runs a command to its end, whatever that is.</summary>
    public static Task<(int ExitCode, string Output)> Try(params IReadOnlyList<string> arguments) =>
        Try(arguments, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    /// <summary>The end of an output, without anybody's number.</summary>
    public static string Shown(string output) => TwelveDigits().Replace(string.Join('\n', output.TrimEnd().Split('\n').TakeLast(LinesShown)), "(number)");

    private static async Task<bool> Answers()
    {
        try
        {
            var (exit, output) = await Try("version", "--format", "{{.Server.Os}}");
            return exit == 0 && output.Trim() == "linux";
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int ExitCode, string Output)> Try(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, ReadOnlyMemory<byte> input)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var patience = new CancellationTokenSource(Patience);
        using var docker = Process.Start(start)!;
        var (output, errors) = (docker.StandardOutput.ReadToEndAsync(patience.Token), docker.StandardError.ReadToEndAsync(patience.Token));
        await docker.StandardInput.BaseStream.WriteAsync(input, patience.Token);
        docker.StandardInput.Close();
        await docker.WaitForExitAsync(patience.Token);

        // How a build goes on is said where what went wrong is, and is of no interest if nothing did; of a log both are.
        return (docker.ExitCode, docker.ExitCode == 0 && arguments[0] != "logs" ? await output : $"{await output}\n{await errors}");
    }

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])")]
    private static partial Regex TwelveDigits();
}
