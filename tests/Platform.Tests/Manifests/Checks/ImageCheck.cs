using System.Text.RegularExpressions;
using Platform.Tests.Api;

namespace Platform.Tests.Manifests.Checks;

/// <summary>Every image but the database's is built here, under the name and the version that the manifests say.</summary>
internal static partial class ImageCheck
{
    public static IReadOnlyList<string> Dockerfiles { get; } = ["silo/Dockerfile", "api/Dockerfile", "src/Identity/Dockerfile", "src/Portal/Dockerfile", "src/Local/Dockerfile"];

    public static IEnumerable<string> Findings(Overlay overlay)
    {
        var built = Dockerfiles.Select(Built).Append("postgres:17").ToHashSet();
        return overlay.Workloads.Where(workload => !built.Contains(workload.Container.Image)).Select(workload => $"{workload.Name} runs {workload.Container.Image}, which nobody builds.");
    }

    public static string Built(string dockerfile)
    {
        var text = File.ReadAllText(Repository.File(dockerfile));
        return $"{Title().Match(text).Groups[1].Value}:{Version().Match(text).Groups[1].Value}";
    }

    [GeneratedRegex("""image\.title="([^"]+)""")]
    private static partial Regex Title();

    [GeneratedRegex("(?m)^ARG VERSION=(.+)$")]
    private static partial Regex Version();
}
