using System.Runtime.CompilerServices;
using Xunit;

namespace Platform.Tests.Golden;

/// <summary>Files that hold what earlier versions wrote. With WRITE_GOLDEN=1 missing and differing ones are written anew, to be reviewed like code.</summary>
internal static class GoldenFile
{
    private static bool Writes => Environment.GetEnvironmentVariable("WRITE_GOLDEN") == "1";

    public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    public static string Read(string name, string written, bool keep = false)
    {
        var file = Path.Combine(Folder(), name);
        if (Writes && !(keep && File.Exists(file)))
        {
            File.WriteAllText(file, written + "\n");
        }

        Assert.True(File.Exists(file), $"Golden/{name} is missing; WRITE_GOLDEN=1 writes it.");
        return File.ReadAllText(file).TrimEnd('\n');
    }
}
