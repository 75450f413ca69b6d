using System.Globalization;
using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>Who may talk to whom, as the policies say it: a flow between two pods needs leave on both sides.</summary>
internal static class FlowCheck
{
    private const string Internet = "internet";
    private const string Kubernetes = "kubernetes";

    public static IEnumerable<string> Findings(Overlay overlay, IReadOnlySet<Flow> drawn)
    {
        var (coming, going) = (Sides(overlay, ingress: true).ToHashSet(), Sides(overlay, ingress: false).ToHashSet());
        var pods = overlay.Workloads.Select(workload => workload.Name).ToHashSet();
        var allowed = coming.Where(flow => going.Contains(flow) || !pods.Contains(flow.From)).Concat(going.Where(flow => !pods.Contains(flow.To))).ToHashSet();
        return
        [
            .. overlay.Workloads
                .Where(workload => !Policies(overlay, workload).Any(policy => policy.Spec.PolicyTypes.Contains("Ingress"))
                    || !Policies(overlay, workload).Any(policy => policy.Spec.PolicyTypes.Contains("Egress")))
                .Select(workload => $"Anybody may talk to {workload.Name}, or it to anybody."),
            .. coming.Where(flow => pods.Contains(flow.From) && !going.Contains(flow)).Select(flow => $"{flow} is allowed where it arrives and not where it begins."),
            .. going.Where(flow => pods.Contains(flow.To) && !coming.Contains(flow)).Select(flow => $"{flow} is allowed where it begins and not where it arrives."),
            .. allowed.Except(drawn).Select(flow => $"{flow} is allowed and not drawn."),
            .. drawn.Except(allowed).Select(flow => $"{flow} is drawn and not allowed."),
        ];
    }

    private static IEnumerable<V1NetworkPolicy> Policies(Overlay overlay, Overlay.Workload workload) =>
        overlay.All<V1NetworkPolicy>().Where(policy => Overlay.Matches(policy.Spec.PodSelector, workload.Labels));

    private static IEnumerable<Flow> Sides(Overlay overlay, bool ingress) =>
        from workload in overlay.Workloads
        from policy in Policies(overlay, workload)
        from rule in ingress
            ? (policy.Spec.Ingress ?? []).Select(rule => (Peers: rule.FromProperty, rule.Ports))
            : (policy.Spec.Egress ?? []).Select(rule => (Peers: rule.To, rule.Ports))
        from peer in rule.Peers is null ? [Kubernetes] : rule.Peers.SelectMany(peer => Names(overlay, peer))
        from port in rule.Ports
        let number = int.Parse(port.Port.Value, CultureInfo.InvariantCulture)
        select ingress ? new Flow(peer, workload.Name, number) : new Flow(workload.Name, peer, number);

    private static IEnumerable<string> Names(Overlay overlay, V1NetworkPolicyPeer peer) => peer switch
    {
        { IpBlock: not null } => [Internet],
        { NamespaceSelector: { } elsewhere } => [elsewhere.MatchLabels["kubernetes.io/metadata.name"]],
        _ => overlay.Selected(peer.PodSelector).Select(workload => workload.Name),
    };
}

/// <summary>One program may open connections to another at a port.</summary>
internal sealed record Flow(string From, string To, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From} -> {To}:{Port}");
}
