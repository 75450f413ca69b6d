using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Tests.Api;
using Platform.Tests.Manifests.Checks;

namespace Platform.Tests.Manifests;

/// <summary>What k8s/README.md says that can be compared with the manifests.</summary>
internal static partial class Runbook
{
    // Drawn once for all of them.
    private const string Everybody = "everybody";

    /// <summary>The picture of who talks to whom in an overlay.</summary>
    public static IReadOnlySet<Flow> Picture(Overlay overlay)
    {
        var all = overlay.Workloads.Select(workload => workload.Name).ToArray();
        var picture = Drawing().Matches(Text()).Single(drawing => drawing.Groups[1].Value == overlay.Name).Groups[2].Value;
        return Arrow().Matches(picture)
            .SelectMany(arrow => (arrow.Groups[1].Value == Everybody ? all : [arrow.Groups[1].Value]).Select(from =>
                new Flow(from, arrow.Groups[3].Value, int.Parse(arrow.Groups[2].Value, CultureInfo.InvariantCulture))))
            .ToHashSet();
    }

    /// <summary>The Secrets that a province needs, with their keys.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Secrets() => SecretRow().Matches(Text())
        .SelectMany(row => Word().Matches(row.Groups[1].Value).Select(name => (Name: name.Groups[1].Value, Keys: row.Groups[2].Value)))
        .ToDictionary(secret => secret.Name, secret => (IReadOnlyList<string>)[.. Word().Matches(secret.Keys).Select(key => key.Groups[1].Value)]);

    /// <summary>The tests that are said to carry out its procedures.</summary>
    public static IReadOnlyList<string> Tests() => [.. Sentence().Matches(Text()).Select(test => test.Groups[1].Value)];

    private static string Text() => File.ReadAllText(Repository.File("k8s/README.md")).ReplaceLineEndings("\n");

    [GeneratedRegex(@"```mermaid\n%% (\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex(@"(?m)^ *([\w-]+)(?:\[[^]]*\])? -->\|(\d+)\| ([\w-]+)")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"(?m)^\| Secret ([^|]+) \| ([^|]+) \|")]
    private static partial Regex SecretRow();

    // A test's name is a sentence: no other word here has so many underscores.
    [GeneratedRegex("`([A-Z][a-zA-Z]*(?:_[a-zA-Z0-9]+){3,})`")]
    private static partial Regex Sentence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word();
}
