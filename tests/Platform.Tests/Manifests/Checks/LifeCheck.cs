using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>A program is asked three different questions at addresses that it has, and is given more time to leave than it needs.</summary>
internal static class LifeCheck
{
    // What README.md promises of a silo, and what a request may take by default.
    private const int Drain = 40;
    private const int Request = 10;

    public static IEnumerable<string> Findings(Overlay overlay, IReadOnlySet<string> mapped)
    {
        foreach (var program in overlay.Workloads.Where(workload => workload.Kind == V1Deployment.KubeKind))
        {
            var paths = PortCheck.Probes(program.Container).Select(probe => probe.HttpGet?.Path ?? "").ToArray();
            if (paths.Length != 3 || paths.Distinct().Count() != 3)
            {
                yield return $"{program.Name} is not asked three different questions.";
            }

            foreach (var path in paths.Where(path => !mapped.Contains(path)))
            {
                yield return $"{program.Name} is asked at {path}, which no program has.";
            }

            var pause = program.Container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0;
            var needs = program.Name == "silo" ? Drain : pause + Request;
            if (program.Name != "silo" && pause < 5)
            {
                yield return $"{program.Name} leaves before proxies know that it does.";
            }

            if (program.Pod.TerminationGracePeriodSeconds is not { } grace || grace < needs + 10)
            {
                yield return $"{program.Name} is killed before it has left.";
            }
        }
    }
}
