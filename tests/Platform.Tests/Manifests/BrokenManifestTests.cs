using k8s.Models;
using Platform.Tests.Manifests.Checks;
using Xunit;

namespace Platform.Tests.Manifests;

/// <summary>Each rule of the checks, broken once: a check that finds nothing in a broken manifest proves nothing about the whole ones.</summary>
public sealed class BrokenManifestTests(Kustomizer kustomizer)
{
    private const string Name = "app.kubernetes.io/name";

    public static TheoryData<string, string> Faults => new(Cases.Select(fault => (fault.Key, fault.Value.Finding)));

    private static Dictionary<string, Fault> Cases => new()
    {
        ["pods without their label"] = new("Deployment silo does not select its own pods", o => o.Program("silo").Labels.Remove(Name), SelectorCheck.Findings),
        ["a service for other pods"] = new("Service api does not select", o => o.One<V1Service>("api").Spec.Selector[Name] = "portal", SelectorCheck.Findings),
        ["a budget for all pods"] = new("PodDisruptionBudget api does not select", o => o.One<V1PodDisruptionBudget>("api").Spec.Selector.MatchLabels.Clear(), SelectorCheck.Findings),
        ["a policy for nobody"] = new("NetworkPolicy silo selects no pod", o => o.One<V1NetworkPolicy>("silo").Spec.PodSelector.MatchLabels[Name] = "silos", SelectorCheck.Findings),
        ["a spread of other pods"] = new("silo spreads other pods", o => o.Program("silo").Pod.TopologySpreadConstraints[0].LabelSelector.MatchLabels[Name] = "api", SelectorCheck.Findings),
        ["a service at a port that is renamed"] = new("Service silo sends to gateway", o => Port(o, "silo", "gateway").Name = "grains", PortCheck.Findings),
        ["a probe at a port that is gone"] = new("A probe of api asks https", o => Port(o, "api", "https").Name = "web", PortCheck.Findings),
        ["a policy for a port that moved"] = new("lets in at 11111", o => Port(o, "silo", "silo").ContainerPort = 11112, PortCheck.Findings),
        ["a Secret nobody speaks of"] = new("needs the Secret api-cert", o => o.Program("api").Pod.Volumes[0].Secret.SecretName = "api-cert", References),
        ["a key nobody speaks of"] = new("needs url of the Secret citizens-database", o => Variable(o, "silo", "Database").ValueFrom.SecretKeyRef.Key = "url", References),
        ["a Secret that may still be empty"] = new("api does not wait for the keys of the Secret api-tls", o => o.Program("api").Pod.Volumes[0].Secret.Items = null, References),
        ["a ConfigMap that is not there"] = new("needs the ConfigMap api-config", o => o.Program("api").Container.EnvFrom[0].ConfigMapRef.Name = "api-config", References),
        ["an account that is not there"] = new("runs as the account default", o => o.Program("api").Pod.ServiceAccountName = "default", References),
        ["a budget that lets nobody leave"] = new("lets no pod leave", o => o.One<V1PodDisruptionBudget>("api").Spec.MaxUnavailable = "0", ScaleCheck.Findings),
        ["a budget that lets all leave"] = new("lets the last pod leave", o => o.One<V2HorizontalPodAutoscaler>("api").Spec.MinReplicas = 1, ScaleCheck.Findings),
        ["an autoscaler without requests"] = new("of which its pods request none", o => o.Program("api").Container.Resources.Requests.Remove("cpu"), ScaleCheck.Findings),
        ["an autoscaler of something else"] = new("scales nothing", o => o.One<V2HorizontalPodAutoscaler>("api").Spec.ScaleTargetRef.Name = "apis", ScaleCheck.Findings),
        ["replicas beside an autoscaler"] = new("names its replicas", o => o.One<V1Deployment>("api").Spec.Replicas = 2, Reread(ScaleCheck.Findings)),
        ["a lax namespace"] = new("does not enforce", o => o.One<V1Namespace>("platform").Metadata.Labels["pod-security.kubernetes.io/enforce"] = "baseline", SafetyCheck.Findings),
        ["a token for everybody"] = new("gives its token away", o => o.One<V1ServiceAccount>("platform").AutomountServiceAccountToken = null, SafetyCheck.Findings),
        ["a token for a pod"] = new("is given a token", o => o.Program("api").Pod.AutomountServiceAccountToken = null, SafetyCheck.Findings),
        ["root"] = new("may run as root", o => o.Program("api").Pod.SecurityContext.RunAsNonRoot = null, SafetyCheck.Findings),
        ["no seccomp"] = new("seccomp", o => o.Program("api").Pod.SecurityContext.SeccompProfile = null, SafetyCheck.Findings),
        ["the node's network"] = new("shares something with its node", o => o.Program("api").Pod.HostNetwork = true, SafetyCheck.Findings),
        ["a disk without a limit"] = new("fill its node's disk", o => o.Program("api").Pod.Volumes.Single(volume => volume.EmptyDir is not null).EmptyDir.SizeLimit = null, SafetyCheck.Findings),
        ["Secrets for everybody"] = new("lets others read", o => o.Program("api").Pod.Volumes[0].Secret.DefaultMode = null, SafetyCheck.Findings),
        ["more privileges"] = new("may gain privileges", o => o.Program("api").Container.SecurityContext.AllowPrivilegeEscalation = null, SafetyCheck.Findings),
        ["an image that is written to"] = new("may write into its image", o => o.Program("api").Container.SecurityContext.ReadOnlyRootFilesystem = null, SafetyCheck.Findings),
        ["capabilities"] = new("keeps capabilities", o => o.Program("api").Container.SecurityContext.Capabilities.Drop.Clear(), SafetyCheck.Findings),
        ["no limit of memory"] = new("has no limit of memory", o => o.Program("api").Container.Resources.Limits.Clear(), SafetyCheck.Findings),
        ["one question twice"] = new("not asked three different questions", o => o.Program("silo").Container.LivenessProbe.HttpGet.Path = "/health/ready", Life),
        ["a question nobody answers"] = new("/healthz, which no program has", o => o.Program("silo").Container.LivenessProbe.HttpGet.Path = "/healthz", Life),
        ["a silo that is killed while it drains"] = new("silo is killed before it has left", o => o.Program("silo").Pod.TerminationGracePeriodSeconds = 30, Life),
        ["an API that leaves at once"] = new("api leaves before proxies know", o => o.Program("api").Container.Lifecycle = null, Life),
        ["another version"] = new("platform/api:0.9.0, which nobody builds", o => o.Program("api").Container.Image = "platform/api:0.9.0", ImageCheck.Findings),
        ["a setting with a slip of the pen"] = new("Cluster__Gateway__0", o => Plain(o, "api", "Cluster__Gateway__0", "silo:30000"), SettingCheck.Findings),
        ["a setting of another program"] = new("Schema__Migrate", o => Plain(o, "api", "Schema__Migrate", "false"), SettingCheck.Findings),
        ["a setting of the wrong form"] = new("Api__Deadline=soon", o => Plain(o, "api", "Api__Deadline", "soon"), SettingCheck.Findings),
        ["no policy for everybody"] = new("Anybody may talk to secrets", o => o.One<V1NetworkPolicy>("deny-all").Spec.PodSelector.MatchLabels = new Dictionary<string, string> { [Name] = "silo" }, Flows),
        ["a flow nobody drew"] = new("portal -> silo:11111 is allowed where it arrives", o => o.One<V1NetworkPolicy>("silo").Spec.Ingress[0].FromProperty[0].PodSelector.MatchLabels[Name] = "portal", Flows),
        ["a flow that cannot arrive"] = new("api -> silo:30000 is allowed where it begins", o => o.One<V1NetworkPolicy>("silo").Spec.Ingress.RemoveAt(1), Flows),
        ["a flow that is drawn only"] = new("api -> silo:30000 is drawn and not allowed", o => o.One<V1NetworkPolicy>("silo").Spec.Ingress.RemoveAt(1), Flows),
        ["the whole Internet"] = new("api -> internet:30000 is allowed and not drawn", o => o.One<V1NetworkPolicy>("api").Spec.Egress[0].To.Add(new() { IpBlock = new() { Cidr = "0.0.0.0/0" } }), Flows),
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_check_notices_a_fault(string fault, string finding)
    {
        var overlay = kustomizer.Read("local");
        var check = Cases[fault];
        Assert.DoesNotContain(check.Check(overlay), found => found.Contains(finding, StringComparison.Ordinal));

        check.Break(overlay);

        Assert.Contains(check.Check(overlay), found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replicas: 1", "replica: 1")]
    [InlineData("kind: StatefulSet", "kind: StatefullSet")]
    [InlineData("maxUnavailable: 1", "maxUnavailable: [1]")]
    public void A_field_a_kind_or_a_form_that_Kubernetes_does_not_know_is_not_read(string known, string unknown)
    {
        var text = $$"""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: silo
            spec:
              maxUnavailable: 1
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: database
            spec:
              replicas: 1
            """;
        Assert.Equal(2, Overlay.Parse("whole", text).Objects.Count);

        Assert.ThrowsAny<Exception>(() => Overlay.Parse("broken", text.Replace(known, unknown, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(Overlay overlay) => ReferenceCheck.Findings(overlay, Runbook.Secrets());

    private static IEnumerable<string> Life(Overlay overlay) => LifeCheck.Findings(overlay, ManifestTests.HealthPaths());

    private static IEnumerable<string> Flows(Overlay overlay) => FlowCheck.Findings(overlay, Runbook.Picture(overlay));

    // What a workload repeats of its object is taken from it anew.
    private static Func<Overlay, IEnumerable<string>> Reread(Func<Overlay, IEnumerable<string>> check) => overlay => check(new Overlay(overlay.Name, overlay.Objects));

    private static V1ContainerPort Port(Overlay overlay, string program, string name) => overlay.Program(program).Container.Ports.Single(port => port.Name == name);

    private static V1EnvVar Variable(Overlay overlay, string program, string name) => overlay.Program(program).Container.Env.Single(variable => variable.Name == name);

    private static void Plain(Overlay overlay, string program, string name, string value) =>
        overlay.One<V1ConfigMap>(overlay.Program(program).Container.EnvFrom[0].ConfigMapRef.Name).Data[name] = value;

    private sealed record Fault(string Finding, Action<Overlay> Break, Func<Overlay, IEnumerable<string>> Check);
}
