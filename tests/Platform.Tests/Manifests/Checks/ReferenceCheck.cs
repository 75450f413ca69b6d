using k8s.Models;

namespace Platform.Tests.Manifests.Checks;

/// <summary>Every Secret, ConfigMap and account that a pod needs is applied with it, or the runbook tells the operator to make it.</summary>
internal static class ReferenceCheck
{
    // How many keys they have is not known beforehand.
    private static readonly string[] Open = ["portal-key-ring", "sector-systems"];

    // Every namespace has it.
    private const string ClusterAuthority = "kube-root-ca.crt";

    public static IEnumerable<string> Findings(Overlay overlay, IReadOnlyDictionary<string, IReadOnlyList<string>> documented)
    {
        var made = overlay.All<V1Secret>().Select(secret => secret.Metadata.Name).ToHashSet();
        foreach (var (workload, name, key, needed) in overlay.Workloads.SelectMany(Secrets))
        {
            if (!documented.TryGetValue(name, out var keys))
            {
                yield return $"{workload} needs the Secret {name}, of which the runbook says nothing.";
            }
            else if (key is not null && !keys.Contains(key))
            {
                yield return $"{workload} needs {key} of the Secret {name}, which the runbook does not name.";
            }

            if (needed && made.Count > 0 && !made.Contains(name))
            {
                yield return $"{workload} needs the Secret {name}, which the overlay does not have.";
            }
        }

        // A Secret that is there and still empty is mounted as an empty folder; only for a key that is named a pod waits.
        foreach (var (workload, name, _, _) in overlay.Workloads.SelectMany(Secrets).Where(needed => needed.Key is null && !Open.Contains(needed.Name)))
        {
            yield return $"{workload} does not wait for the keys of the Secret {name}.";
        }

        var maps = overlay.All<V1ConfigMap>().Select(map => map.Metadata.Name).Append(ClusterAuthority).ToHashSet();
        foreach (var (workload, name) in overlay.Workloads.SelectMany(Maps).Where(needed => !maps.Contains(needed.Name)))
        {
            yield return $"{workload} needs the ConfigMap {name}, which the overlay does not have.";
        }

        var accounts = overlay.All<V1ServiceAccount>().Select(account => account.Metadata.Name).ToHashSet();
        foreach (var workload in overlay.Workloads.Where(workload => !accounts.Contains(workload.Pod.ServiceAccountName)))
        {
            yield return $"{workload.Name} runs as the account {workload.Pod.ServiceAccountName}, which the overlay does not have.";
        }

        foreach (var secret in overlay.All<V1Ingress>().SelectMany(ingress => ingress.Spec.Tls).Select(tls => tls.SecretName).Where(name => !documented.ContainsKey(name)))
        {
            yield return $"An ingress needs the Secret {secret}, of which the runbook says nothing.";
        }
    }

    private static IEnumerable<(string Workload, string Name, string? Key, bool Needed)> Secrets(Overlay.Workload workload)
    {
        var variables = (workload.Container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>();
        var volumes = (workload.Pod.Volumes ?? []).Select(volume => volume.Secret).OfType<V1SecretVolumeSource>();
        return
        [
            .. variables.Select(reference => (workload.Name, reference.Name, (string?)reference.Key, reference.Optional != true)),
            .. volumes.SelectMany(volume => volume.Items is null
                ? [(workload.Name, volume.SecretName, null, true)]
                : volume.Items.Select(item => (workload.Name, volume.SecretName, (string?)item.Key, true))),
        ];
    }

    private static IEnumerable<(string Workload, string Name)> Maps(Overlay.Workload workload)
    {
        var whole = (workload.Container.EnvFrom ?? []).Select(source => source.ConfigMapRef?.Name);
        var projected = (workload.Pod.Volumes ?? []).SelectMany(volume => volume.Projected?.Sources ?? []).Select(source => source.ConfigMap?.Name);
        var volumes = (workload.Pod.Volumes ?? []).Select(volume => volume.ConfigMap?.Name);
        return whole.Concat(projected).Concat(volumes).OfType<string>().Select(name => (workload.Name, name));
    }
}
