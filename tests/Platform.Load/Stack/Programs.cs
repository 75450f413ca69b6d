namespace Platform.Load.Stack;

/// <summary>The built programs: <c>artifacts/bin/PROJECT/CONFIGURATION</c> of this repository, beside this program, or of another version's.</summary>
internal static class Programs
{
    public const string Silo = "Platform.Silo";
    public const string Api = "Platform.Api";
    public const string Identity = "Platform.Identity";

    /// <summary>A program's file; <paramref name="repository"/> is the folder of another version, built in the same configuration.</summary>
    public static string File(string program, string? repository = null)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var built = repository is null ? here.Parent!.Parent!.FullName : Path.Combine(Path.GetFullPath(repository), "artifacts", "bin");
        var file = Path.Combine(built, program, here.Name, program + ".dll");
        return System.IO.File.Exists(file) ? file : throw new StackException($"{program} is not built{(repository is null ? "" : $" in {repository}")}: run dotnet build in the same configuration.");
    }
}
