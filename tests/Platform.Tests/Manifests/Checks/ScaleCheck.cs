using System.Globalization;
using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>A node can be drained and a program can grow: budgets leave room, autoscalers have something to count and nobody else says how many there are.</summary>
internal static class ScaleCheck
{
    public static IEnumerable<string> Findings(Overlay overlay)
    {
        foreach (var program in overlay.Workloads.Where(workload => workload.Kind == V1Deployment.KubeKind))
        {
            var scaler = overlay.All<V2HorizontalPodAutoscaler>().SingleOrDefault(candidate =>
                candidate.Spec.ScaleTargetRef.Kind == V1Deployment.KubeKind && candidate.Spec.ScaleTargetRef.Name == program.Name);
            var budget = overlay.All<V1PodDisruptionBudget>().SingleOrDefault(candidate => Overlay.Matches(candidate.Spec.Selector, program.Labels));
            foreach (var finding in OfScaler(program, scaler).Concat(OfBudget(program, budget, scaler)))
            {
                yield return finding;
            }
        }

        foreach (var scaler in overlay.All<V2HorizontalPodAutoscaler>().Where(scaler => overlay.Workloads.All(workload => workload.Name != scaler.Spec.ScaleTargetRef.Name)))
        {
            yield return $"HorizontalPodAutoscaler {scaler.Metadata.Name} scales nothing.";
        }
    }

    private static IEnumerable<string> OfScaler(Overlay.Workload program, V2HorizontalPodAutoscaler? scaler)
    {
        if (scaler is null)
        {
            yield return $"{program.Name} has no HorizontalPodAutoscaler.";
            yield break;
        }

        if (program.Replicas is not null)
        {
            yield return $"{program.Name} names its replicas, which are its autoscaler's.";
        }

        if (scaler.Spec.MinReplicas >= scaler.Spec.MaxReplicas)
        {
            yield return $"The autoscaler of {program.Name} has no room to grow.";
        }

        foreach (var resource in scaler.Spec.Metrics.Select(metric => metric.Resource.Name).Where(name => program.Container.Resources?.Requests?.ContainsKey(name) != true))
        {
            yield return $"The autoscaler of {program.Name} counts {resource}, of which its pods request none.";
        }
    }

    private static IEnumerable<string> OfBudget(Overlay.Workload program, V1PodDisruptionBudget? budget, V2HorizontalPodAutoscaler? scaler)
    {
        if (budget is null)
        {
            yield return $"{program.Name} has no PodDisruptionBudget.";
            yield break;
        }

        var fewest = scaler?.Spec.MinReplicas ?? program.Replicas ?? 1;
        var mayLeave = budget.Spec.MaxUnavailable is { } most ? int.Parse(most.Value, CultureInfo.InvariantCulture) : fewest - int.Parse(budget.Spec.MinAvailable?.Value ?? "0", CultureInfo.InvariantCulture);
        if (mayLeave < 1)
        {
            yield return $"The budget of {program.Name} lets no pod leave: its node could never be drained.";
        }

        if (fewest - mayLeave < 1)
        {
            yield return $"The budget of {program.Name} lets the last pod leave.";
        }
    }
}
