using System.Runtime.CompilerServices;

namespace Platform.Tests.Api;

/// <summary>Files of the working tree that tests compare with.</summary>
static class Repository
{
    public static string File(string path) => Path.Combine(Root(), path);

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
