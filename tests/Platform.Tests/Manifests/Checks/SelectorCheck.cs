using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>What selects pods selects some, and those that were meant.</summary>
internal static class SelectorCheck
{
    public static IEnumerable<string> Findings(Overlay overlay) =>
    [
        .. overlay.Workloads.Where(workload => workload.Selector is { } own && !Overlay.Matches(own, workload.Labels))
            .Select(workload => $"{workload.Kind} {workload.Name} does not select its own pods."),
        .. overlay.All<V1Service>()
            .Where(service => !Only(overlay, service.Metadata.Name, new V1LabelSelector { MatchLabels = service.Spec.Selector }))
            .Select(service => $"Service {service.Metadata.Name} does not select the pods of its name alone."),
        .. overlay.All<V1PodDisruptionBudget>()
            .Where(budget => !Only(overlay, budget.Metadata.Name, budget.Spec.Selector))
            .Select(budget => $"PodDisruptionBudget {budget.Metadata.Name} does not select the pods of its name alone."),
        .. overlay.All<V1NetworkPolicy>()
            .Where(policy => !overlay.Selected(policy.Spec.PodSelector).Any())
            .Select(policy => $"NetworkPolicy {policy.Metadata.Name} selects no pod."),
        .. overlay.Workloads
            .Where(workload => (workload.Pod.TopologySpreadConstraints ?? []).Any(spread => !Overlay.Matches(spread.LabelSelector, workload.Labels)))
            .Select(workload => $"{workload.Kind} {workload.Name} spreads other pods than its own."),
    ];

    private static bool Only(Overlay overlay, string name, V1LabelSelector selector) =>
        overlay.Selected(selector).Select(workload => workload.Name).SequenceEqual([name]);
}
