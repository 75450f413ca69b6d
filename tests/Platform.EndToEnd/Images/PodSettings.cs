using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Text;
using k8s.Models;
using Platform.Tests.Manifests;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>What a node gives a pod, worked out from its description: variables, files, rights and limits. What is not understood here fails instead of being left out.</summary>
internal sealed class PodSettings(Overlay overlay, Overlay.Workload workload, string name, IPAddress address, SecretApi api)
{
    // Every namespace has it.
    private const string ClusterAuthority = "kube-root-ca.crt";
    private static readonly int DefaultMode = Convert.ToInt32("644", 8);
    private static readonly int FolderMode = Convert.ToInt32("755", 8);
    private static readonly int SharedMode = Convert.ToInt32("2775", 8);

    private V1Container Container => workload.Container;

    private V1PodSecurityContext Owner => workload.Pod.SecurityContext;

    /// <summary>Whether every key of a Secret that the pod names is there; until then a node does not start it.</summary>
    public bool CanStart =>
        References().All(reference => reference.Optional == true || api.Read(reference.Name).ContainsKey(reference.Key))
        && (workload.Pod.Volumes ?? []).Where(volume => volume.Secret?.Items is not null)
            .All(volume => volume.Secret.Items.All(item => api.Read(volume.Secret.SecretName).ContainsKey(item.Key)));

    /// <summary>Names of Docker volumes by the names of the pod's volumes: files that the pod is given, and claims.</summary>
    public IReadOnlyDictionary<string, string> Volumes => Container.VolumeMounts
        .Where(mount => Volume(mount)?.EmptyDir is null)
        .ToDictionary(mount => mount.Name, mount => $"{name}-{mount.Name}");

    /// <summary>What the volumes hold at first, as an archive with a folder for each, owned as a node would have it.</summary>
    public async Task<byte[]> Archive()
    {
        using var memory = new MemoryStream();
        await using (var archive = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var mount in Container.VolumeMounts.Where(mount => Volumes.ContainsKey(mount.Name)))
            {
                // What is no volume of the pod is a claim of the set that it belongs to: empty, and the pod's to write.
                var volume = Volume(mount);
                await archive.WriteEntryAsync(Entry(TarEntryType.Directory, mount.Name, volume is null ? SharedMode : FolderMode, null));
                foreach (var (path, text) in volume is null ? [] : Files(volume))
                {
                    await archive.WriteEntryAsync(Entry(TarEntryType.RegularFile, $"{mount.Name}/{path}", Mode(volume!), text));
                }
            }
        }

        return memory.ToArray();
    }

    public IReadOnlyDictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(api.Variables);
        foreach (var source in Container.EnvFrom ?? [])
        {
            foreach (var (key, value) in overlay.One<V1ConfigMap>(source.ConfigMapRef.Name).Data)
            {
                variables[key] = value;
            }
        }

        foreach (var variable in Container.Env ?? [])
        {
            if (Value(variable) is { } value)
            {
                variables[variable.Name] = value;
            }
        }

        return variables;
    }

    /// <summary>Arguments of <c>docker run</c>, as far as the pod says them.</summary>
    public IEnumerable<string> Arguments()
    {
        Assert.Null(Container.Command);
        Assert.Null(workload.Pod.InitContainers);
        Assert.Equal("RuntimeDefault", Owner.SeccompProfile.Type);
        var rights = Container.SecurityContext;
        Assert.True(rights.ReadOnlyRootFilesystem == true && rights.AllowPrivilegeEscalation == false);
        return
        [
            "--user", string.Create(CultureInfo.InvariantCulture, $"{Owner.RunAsUser}:{Owner.RunAsGroup}"), "--group-add", $"{Owner.FsGroup}",
            "--read-only", "--security-opt", "no-new-privileges", .. rights.Capabilities.Drop.SelectMany(capability => new[] { "--cap-drop", capability }),
            "--memory", Bytes(Container.Resources.Limits["memory"]), "--memory-swap", Bytes(Container.Resources.Limits["memory"]),
            "--stop-timeout", $"{workload.Pod.TerminationGracePeriodSeconds ?? 30}",
            .. Variables().Keys.SelectMany(variable => new[] { "--env", variable }),
            .. Container.VolumeMounts.SelectMany(Mounted),
        ];
    }

    private static string Bytes(ResourceQuantity quantity) => ((long)quantity.ToDecimal()).ToString(CultureInfo.InvariantCulture);

    private static int Mode(V1Volume volume) => volume.Secret?.DefaultMode ?? volume.ConfigMap?.DefaultMode ?? volume.Projected?.DefaultMode ?? DefaultMode;

    private V1Volume? Volume(V1VolumeMount mount)
    {
        var volume = (workload.Pod.Volumes ?? []).SingleOrDefault(candidate => candidate.Name == mount.Name);
        Assert.True(volume is not null || workload.Kind == V1StatefulSet.KubeKind, $"{workload.Name} mounts {mount.Name}, which is no volume.");
        return volume;
    }

    private IEnumerable<V1SecretKeySelector> References() =>
        (Container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>();

    private string? Value(V1EnvVar variable) => variable.ValueFrom switch
    {
        null => variable.Value ?? "",
        { SecretKeyRef: { } secret } => api.Read(secret.Name).GetValueOrDefault(secret.Key),
        { FieldRef.FieldPath: "metadata.namespace" } => overlay.All<V1Namespace>().Single().Metadata.Name,
        { FieldRef.FieldPath: "metadata.name" } => name,
        { FieldRef.FieldPath: "status.podIP" } => address.ToString(),
        _ => throw new NotSupportedException($"Where {variable.Name} of {workload.Name} comes from is not understood."),
    };

    private IEnumerable<(string Path, string Text)> Files(V1Volume volume) => volume switch
    {
        { Secret: { } secret } => Chosen(api.Read(secret.SecretName), secret.Items),
        { ConfigMap: { } map } => Chosen(Map(map.Name), map.Items),
        { Projected: { } projected } => projected.Sources.SelectMany(Files),
        _ => throw new NotSupportedException($"The volume {volume.Name} of {workload.Name} is not understood."),
    };

    private IEnumerable<(string Path, string Text)> Files(V1VolumeProjection source) => source switch
    {
        { ServiceAccountToken: { } token } => [(token.Path, api.Token(workload.Pod.ServiceAccountName))],
        { ConfigMap: { } map } => Chosen(Map(map.Name), map.Items),
        { Secret: { } secret } => Chosen(api.Read(secret.Name), secret.Items),
        _ => throw new NotSupportedException($"A projected volume of {workload.Name} is not understood."),
    };

    private IReadOnlyDictionary<string, string> Map(string map) => map == ClusterAuthority
        ? new Dictionary<string, string> { ["ca.crt"] = api.Authority }
        : overlay.One<V1ConfigMap>(map).Data.AsReadOnly();

    private static IEnumerable<(string Path, string Text)> Chosen(IReadOnlyDictionary<string, string> all, IList<V1KeyToPath>? items) =>
        items is null ? all.Select(entry => (entry.Key, entry.Value)) : items.Select(item => (item.Path, all[item.Key]));

    private UstarTarEntry Entry(TarEntryType type, string path, int mode, string? text)
    {
        var entry = new UstarTarEntry(type, path) { Gid = (int)Owner.FsGroup!.Value, Mode = (UnixFileMode)mode };
        if (text is not null)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        }

        return entry;
    }

    private string[] Mounted(V1VolumeMount mount) => Volume(mount)?.EmptyDir is { } empty
        ? ["--tmpfs", $"{mount.MountPath}:rw,exec,mode=0777,uid={Owner.RunAsUser},gid={Owner.FsGroup},size={Bytes(empty.SizeLimit!)}"]
        : ["--mount", $"type=volume,source={Volumes[mount.Name]},target={mount.MountPath},volume-nocopy{(mount.ReadOnlyProperty == true ? ",readonly" : "")}"];
}
