using k8s;
using k8s.Models;

namespace Platform.Tests.Manifests;

/// <summary>What an overlay applies, as typed objects; unknown fields, wrong types and unknown kinds do not get this far.</summary>
internal sealed record Overlay(string Name, IReadOnlyList<object> Objects)
{

    public IReadOnlyList<Workload> Workloads { get; } = [.. Objects.Select(Workload.Of).OfType<Workload>()];

    public static Overlay Parse(string name, string text) => new(name, KubernetesYaml.LoadAllFromString(text, strict: true));

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    /// <summary>The object of this kind and name.</summary>
    public T One<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => All<T>().Single(candidate => candidate.Metadata.Name == name);

    public Workload Program(string name) => Workloads.Single(workload => workload.Name == name);

    /// <summary>Settings that a container is given in plain words.</summary>
    public IReadOnlyDictionary<string, string> Settings(V1Container container)
    {
        var maps = (container.EnvFrom ?? []).Select(source => source.ConfigMapRef?.Name).OfType<string>().SelectMany(name => One<V1ConfigMap>(name).Data);
        var own = (container.Env ?? []).Select(variable => KeyValuePair.Create(variable.Name, variable.Value ?? ""));
        return maps.Concat(own).ToDictionary();
    }

    public IEnumerable<Workload> Selected(V1LabelSelector selector) => Workloads.Where(workload => Matches(selector, workload.Labels));

    public static bool Matches(V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && (selector.MatchExpressions ?? []).All(wanted => wanted.OperatorProperty == "In" && labels.TryGetValue(wanted.Key, out var value) && wanted.Values.Contains(value));

    /// <summary>A workload with its pods' description.</summary>
    internal sealed record Workload(string Kind, V1ObjectMeta Metadata, V1LabelSelector? Selector, int? Replicas, V1PodTemplateSpec Template)
    {
        public string Name => Metadata.Name;

        public IDictionary<string, string> Labels => Template.Metadata.Labels;

        public V1PodSpec Pod => Template.Spec;

        public V1Container Container => Template.Spec.Containers.Single();

        public bool IsJob => Kind == V1Job.KubeKind;

        public static Workload? Of(object manifest) => manifest switch
        {
            V1Deployment it => new(V1Deployment.KubeKind, it.Metadata, it.Spec.Selector, it.Spec.Replicas, it.Spec.Template),
            V1StatefulSet it => new(V1StatefulSet.KubeKind, it.Metadata, it.Spec.Selector, it.Spec.Replicas, it.Spec.Template),
            V1Job it => new(V1Job.KubeKind, it.Metadata, null, null, it.Spec.Template),
            _ => null,
        };

        /// <summary>The number of a port that is named or numbered, or null if the pod has none such.</summary>
        public int? Port(string named) => (Container.Ports ?? []).FirstOrDefault(port => port.Name == named || $"{port.ContainerPort}" == named)?.ContainerPort;
    }
}
