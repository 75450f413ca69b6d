using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>Programs of others on Node, with their packages in a folder of their own outside the sources.</summary>
public sealed class NodePeers : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("peers-").FullName;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Sources()))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        try
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
            })!;
            using var patience = new CancellationTokenSource(Patience);
            await install.WaitForExitAsync(patience.Token);
            _missing = install.ExitCode == 0 ? null : "npm could not install the peers' packages.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _missing = "Node.js with npm is not installed; it is needed for the clients and providers of others.";
        }
    }

    /// <summary>A program that was started; the test is skipped where there is no Node, and fails where none may be missing.</summary>
    public Process Start(string program, string settings)
    {
        if (_missing is not null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", _missing);
            Assert.Skip(_missing);
        }

        return Process.Start(new ProcessStartInfo("node", [Path.Combine(_folder, program), settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>A program without packages, run as a person would; the test is skipped where there is no Node, and fails where none may be missing.</summary>
    public static Process Run(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("Node.js is not installed; with it a citizen checks a ledger.");
            throw;
        }
    }

    public string Keep(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Sources([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Peers");
}
