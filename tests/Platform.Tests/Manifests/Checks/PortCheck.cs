using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>Every port that is spoken of is one that a container has.</summary>
internal static class PortCheck
{
    public static IEnumerable<string> Findings(Overlay overlay) =>
    [
        .. from service in overlay.All<V1Service>()
           from workload in overlay.Selected(new V1LabelSelector { MatchLabels = service.Spec.Selector })
           from port in service.Spec.Ports
           where workload.Port(port.TargetPort?.Value ?? $"{port.Port}") is null
           select $"Service {service.Metadata.Name} sends to {port.TargetPort?.Value}, which {workload.Name} does not have.",
        .. from workload in overlay.Workloads
           from probe in Probes(workload.Container)
           let port = probe.HttpGet?.Port ?? probe.TcpSocket?.Port
           where port is null || workload.Port(port.Value) is null
           select $"A probe of {workload.Name} asks {port?.Value}, which it does not have.",
        .. from ingress in overlay.All<V1Ingress>()
           from path in ingress.Spec.Rules.SelectMany(rule => rule.Http.Paths)
           let backend = path.Backend.Service
           where !overlay.All<V1Service>().Any(service =>
               service.Metadata.Name == backend.Name && service.Spec.Ports.Any(port => port.Name == backend.Port.Name))
           select $"Ingress {ingress.Metadata.Name} sends to {backend.Name}:{backend.Port.Name}, which is no Service's.",
        .. from policy in overlay.All<V1NetworkPolicy>()
           from workload in overlay.Selected(policy.Spec.PodSelector)
           from port in (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports)
           where policy.Spec.PodSelector.MatchExpressions is null && workload.Port(port.Port.Value) is null
           select $"NetworkPolicy {policy.Metadata.Name} lets in at {port.Port.Value}, which {workload.Name} does not have.",
    ];

    public static IEnumerable<V1Probe> Probes(V1Container container) =>
        new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }.OfType<V1Probe>();
}
