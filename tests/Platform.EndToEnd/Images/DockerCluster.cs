using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using k8s.Models;
using Platform.Tests.Manifests;

namespace Platform.EndToEnd.Images;

/// <summary>
/// One Docker network that stands for a cluster. It runs the pods of an overlay as nodes would, stands in for the Kubernetes API that two jobs talk to, and for the Services.
/// What it does not have are policies, autoscalers and restarts: nothing here may need to be started twice.
/// </summary>
internal sealed class DockerCluster : IAsyncDisposable
{
    // A Debian image, which has tar. It is one that the overlay runs, so that nothing more is needed than that.
    private const string Filler = "postgres:17";
    private const int FirstHost = 10;
    private const string Label = "platform-tests";

    private readonly string _id = $"platform-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly Overlay _overlay;
    private readonly Lock _turn = new();
    private readonly List<Pod> _pods = [];
    private readonly List<Task> _runs = [];
    private readonly List<Forwarder> _forwarders = [];
    private readonly CancellationTokenSource _closed = new();
    private IPNetwork _range;
    private IPAddress _gateway = IPAddress.None;
    private int _last;
    private int _next;

    private DockerCluster(Overlay overlay) => _overlay = overlay;

    public SecretApi Api { get; private set; } = null!;

    private string Mark => $"{Label}={_id}";

    private string Namespace => _overlay.All<V1Namespace>().Single().Metadata.Name;

    public static async Task<DockerCluster> Start(Overlay overlay)
    {
        var cluster = new DockerCluster(overlay);
        try
        {
            await cluster.Open();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The pods of a program that have not been removed.</summary>
    public Pod[] Pods(string program)
    {
        lock (_turn)
        {
            return [.. _pods.Where(pod => pod.Workload.Name == program)];
        }
    }

    /// <summary>Starts a pod as soon as the Secrets that it names are filled, and waits until it is ready, or has done its work.</summary>
    public Task<Pod> Run(string program)
    {
        var run = Bring(program);
        lock (_turn)
        {
            _runs.Add(run);
        }

        return run;
    }

    /// <summary>Takes a pod away that has ended, so that another may come in its place.</summary>
    public async Task Remove(Pod pod)
    {
        lock (_turn)
        {
            _pods.Remove(pod);
        }

        await pod.DisposeAsync();
    }

    /// <summary>Which programs have ended though nobody ended them, and what they said.</summary>
    public async Task<IReadOnlyList<string>> Lost()
    {
        Pod[] ended;
        lock (_turn)
        {
            ended = [.. _pods.Where(pod => !pod.Workload.IsJob && pod.Ended.IsCompleted)];
        }

        var told = new List<string>();
        foreach (var pod in ended)
        {
            told.Add($"{pod.Name} ended with {await pod.Ended}: {await pod.Log()}");
        }

        return told;
    }

    /// <summary>A connection to a Service, by its name and port inside the cluster: to the next pod that is ready.</summary>
    public async Task<Socket> Dial(string host, int port, CancellationToken cancellation)
    {
        var service = _overlay.One<V1Service>(host.Split('.')[0]);
        var target = service.Spec.Ports.Single(candidate => candidate.Port == port).TargetPort.Value;
        Pod[] ready;
        lock (_turn)
        {
            ready = [.. _pods.Where(pod => pod.IsReady && Overlay.Matches(Selector(service), pod.Workload.Labels))];
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var pod = ready.Length > 0 ? ready[(int)((uint)Interlocked.Increment(ref _next) % ready.Length)] : throw new SocketException((int)SocketError.ConnectionRefused);
            await socket.ConnectAsync(pod.Address, pod.Workload.Port(target)!.Value, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Memory of each program now, as the engine counts it, and how long it took to be ready.</summary>
    public async Task<string> Figures()
    {
        Pod[] pods;
        lock (_turn)
        {
            pods = [.. _pods.Where(pod => !pod.Workload.IsJob)];
        }

        var memory = await Docker.Run(["stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", .. pods.Select(pod => pod.Name)]);
        var ready = pods.ToDictionary(pod => pod.Name, pod => pod.ReadyAfter);
        return string.Join('\n', memory.Split('\n').Order().Select(line => $"{line}, ready after {ready[line.Split(' ')[0]].TotalSeconds:0.0} s"));
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        foreach (var forwarder in _forwarders)
        {
            await forwarder.DisposeAsync();
        }

        // What waits for containers ends with them; what was just starting one has then done so.
        await Clear(["ps", "--all"], ["rm", "--force", "--volumes"]);
        await Task.WhenAll(_runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Clear(["ps", "--all"], ["rm", "--force", "--volumes"]);
        await Clear(["volume", "ls"], ["volume", "rm", "--force"]);
        await Clear(["network", "ls"], ["network", "rm"]);
        foreach (var pod in _pods)
        {
            await pod.DisposeAsync();
        }

        await (Api?.DisposeAsync() ?? ValueTask.CompletedTask);
        _closed.Dispose();
    }

    private static V1LabelSelector Selector(V1Service service) => new() { MatchLabels = service.Spec.Selector };

    private async Task Open()
    {
        // Docker finds a range that is free; only in a range that was asked for may a container be given its address.
        await Docker.Run("network", "create", "--label", Mark, _id);
        var found = (await Docker.Run("network", "inspect", "--format", "{{with index .IPAM.Config 0}}{{.Subnet}} {{.Gateway}}{{end}}", _id)).Split(' ');
        await Docker.Run("network", "rm", _id);
        await Docker.Run("network", "create", "--label", Mark, "--subnet", found[0], "--gateway", found[1], _id);
        (_range, _gateway) = (IPNetwork.Parse(found[0]), IPAddress.Parse(found[1]));
        if (!NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(_gateway)))
        {
            Docker.Give("The networks of the Docker engine are not this machine's, and containers are spoken to by their addresses. Run the test where the engine runs.");
        }

        Api = await SecretApi.Start(_overlay, _gateway);
        foreach (var service in _overlay.All<V1Service>().Where(IsForwarded))
        {
            _forwarders.AddRange(service.Spec.Ports.Select(port => new Forwarder(
                new IPEndPoint(_gateway, port.Port), cancellation => Dial(service.Metadata.Name, port.Port, cancellation))));
        }
    }

    private async Task<Pod> Bring(string program)
    {
        var workload = _overlay.Program(program);
        var number = Interlocked.Increment(ref _last);
        var (name, address) = ($"{_id}-{program}-{number}", Host(FirstHost + number));
        var settings = new PodSettings(_overlay, workload, name, address, Api);
        await Api.Until(() => settings.CanStart, _closed.Token);
        await Fill(settings);
        _closed.Token.ThrowIfCancellationRequested();
        string[] names = [.. _overlay.All<V1Service>().Where(service => Overlay.Matches(Selector(service), workload.Labels) && !IsForwarded(service)).SelectMany(Names)];
        await Docker.Run(
            [
                "run", "--detach", "--name", name, "--hostname", name, "--label", Mark, "--network", _id, "--ip", $"{address}",
                .. names.SelectMany(alias => new[] { "--network-alias", alias }),
                .. _overlay.All<V1Service>().Where(IsForwarded).SelectMany(Names).SelectMany(host => new[] { "--add-host", $"{host}:{_gateway}" }),
                .. settings.Arguments(), workload.Container.Image, .. workload.Container.Args ?? [],
            ],
            settings.Variables(),
            ReadOnlyMemory<byte>.Empty);
        var pod = new Pod(name, address, workload);
        pod.Begin();
        lock (_turn)
        {
            _pods.Add(pod);
        }

        await pod.Up();
        return pod;
    }

    private async Task Fill(PodSettings settings) => await Docker.Run(
        [
            "run", "--rm", "--interactive", "--label", Mark, "--network", "none", "--user", "0:0",
            .. settings.Volumes.SelectMany(volume =>
                new[] { "--mount", $"type=volume,source={volume.Value},target=/volumes/{volume.Key},volume-nocopy,volume-label={Mark}" }),
            "--entrypoint", "tar", Filler, "-xp", "--numeric-owner", "-f", "-", "-C", "/volumes",
        ],
        new Dictionary<string, string>(),
        await settings.Archive());

    private async Task Clear(string[] list, string[] remove)
    {
        var (_, found) = await Docker.Try([.. list, "--quiet", "--filter", $"label={Mark}"]);
        if (found.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } left)
        {
            await Docker.Try([.. remove, .. left]);
        }
    }

    private IPAddress Host(int number)
    {
        var bytes = _range.BaseAddress.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)number);
        return new IPAddress(bytes);
    }

    // Docker's names lead to all containers at their own ports. That will do where the Service has the port of its pods; the others are stood in for.
    private bool IsForwarded(V1Service service) => service.Spec.Ports.Any(port => _overlay
        .Selected(Selector(service))
        .Any(workload => workload.Port(port.TargetPort.Value) != port.Port));

    private string[] Names(V1Service service) => [service.Metadata.Name, $"{service.Metadata.Name}.{Namespace}", $"{service.Metadata.Name}.{Namespace}.svc"];
}
