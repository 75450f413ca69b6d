using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>What the restricted level of Pod Security asks for, and what we ask for beyond it.</summary>
internal static class SafetyCheck
{
    public static IEnumerable<string> Findings(Overlay overlay) =>
    [
        .. overlay.All<V1Namespace>().Where(place => place.Metadata.Labels?["pod-security.kubernetes.io/enforce"] != "restricted")
            .Select(place => $"The namespace {place.Metadata.Name} does not enforce restricted Pod Security."),
        .. overlay.All<V1ServiceAccount>().Where(account => account.AutomountServiceAccountToken != false)
            .Select(account => $"The account {account.Metadata.Name} gives its token away."),
        .. overlay.Workloads.SelectMany(workload => OfPod(workload).Concat(OfContainer(workload)).Select(finding => $"{workload.Name} {finding}.")),
    ];

    private static IEnumerable<string> OfPod(Overlay.Workload workload)
    {
        var pod = workload.Pod;
        return Broken(
            (pod.AutomountServiceAccountToken == false, "is given a token of its service account"),
            (pod.SecurityContext is { RunAsNonRoot: true, RunAsUser: > 0 }, "may run as root"),
            (pod.SecurityContext?.SeccompProfile?.Type == "RuntimeDefault", "runs without the default seccomp profile"),
            (pod.HostNetwork is null && pod.HostPID is null && pod.HostIPC is null, "shares something with its node"),
            ((pod.Volumes ?? []).All(volume => volume.HostPath is null), "reads the node's files"),
            ((pod.Volumes ?? []).All(volume => volume.EmptyDir is null || volume.EmptyDir.SizeLimit is not null), "may fill its node's disk"),
            ((pod.Volumes ?? []).All(volume => volume.Secret is null || volume.Secret.DefaultMode == 288), "lets others read its Secrets"));
    }

    private static IEnumerable<string> OfContainer(Overlay.Workload workload)
    {
        var (container, security) = (workload.Container, workload.Container.SecurityContext);
        return Broken(
            (security?.AllowPrivilegeEscalation == false, "may gain privileges"),
            (security?.ReadOnlyRootFilesystem == true, "may write into its image"),
            (security?.Capabilities?.Drop?.Contains("ALL") == true && security.Capabilities.Add is null, "keeps capabilities"),
            (container.ImagePullPolicy == "IfNotPresent", "pulls images that are there"),
            (container.Resources?.Requests is { } asks && asks.ContainsKey("cpu") && asks.ContainsKey("memory"), "requests no processor or memory"),
            (container.Resources?.Limits is { } most && most.ContainsKey("memory") && !most.ContainsKey("cpu"), "has no limit of memory, or one of processor time, which only makes it slow"),
            (container.Command is null, "starts something else than its image does"));
    }

    private static IEnumerable<string> Broken(params (bool Holds, string Otherwise)[] rules) => rules.Where(rule => !rule.Holds).Select(rule => rule.Otherwise);
}
