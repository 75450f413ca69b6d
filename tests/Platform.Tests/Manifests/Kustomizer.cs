using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.Tests.Api;
using Xunit;

[assembly: AssemblyFixture(typeof(Platform.Tests.Manifests.Kustomizer))]

namespace Platform.Tests.Manifests;

/// <summary>Renders each overlay once, with the same program that applies it.</summary>
public sealed class Kustomizer
{
    private const string Nowhere = "kubectl is not on this machine, and the manifests are rendered with it. Install it.";

    private readonly ConcurrentDictionary<string, Lazy<string>> _rendered = new();

    /// <summary>The overlay's objects, read anew: what a test breaks is broken for nobody else.</summary>
    internal Overlay Read(string name) => Overlay.Parse(name, _rendered.GetOrAdd(name, folder => new Lazy<string>(() => Render(folder))).Value);

    private static string Render(string name)
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", Repository.File($"k8s/overlays/{name}")]) { RedirectStandardOutput = true };
        try
        {
            using var kubectl = Process.Start(start)!;
            var text = kubectl.StandardOutput.ReadToEnd();
            kubectl.WaitForExit();
            Assert.True(kubectl.ExitCode == 0, $"The overlay {name} cannot be rendered; kubectl says why above.");
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Nowhere);
            Assert.Fail(Nowhere);
            throw;
        }
    }
}
