using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using k8s.Models;
using Platform.Tests.Manifests;
using Xunit;

namespace Platform.EndToEnd.Images;

/// <summary>A container that stands for a pod, asked by the pod's own probes in their own rhythm.</summary>
internal sealed class Pod(string name, IPAddress address, Overlay.Workload workload) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();

    // As a node asks: whatever certificate is shown, and over a connection of its own each time.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
    });

    private Task _watch = Task.CompletedTask;

    /// <summary>The name of the container.</summary>
    public string Name => name;

    public IPAddress Address => address;

    public Overlay.Workload Workload => workload;

    /// <summary>The exit code, once there is one.</summary>
    public Task<int> Ended { get; private set; } = Task.FromResult(0);

    public bool IsReady { get; private set; }

    /// <summary>From the start of the container until it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Begins to look at a container that has been started.</summary>
    public void Begin()
    {
        Ended = End();
        _watch = workload.IsJob ? Task.CompletedTask : Watch();
    }

    /// <summary>Waits until a job has done its work, or a program is ready; whoever ends otherwise is told with what was logged.</summary>
    public async Task Up()
    {
        var up = workload.IsJob ? Ended : _ready.Task;
        try
        {
            await Task.WhenAny(Ended, up).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name} is not up in time: {await Log()}");
        }

        if (Ended.IsCompleted && (!workload.IsJob || await Ended != 0))
        {
            Assert.Fail($"{name} ended with {await Ended}: {await Log()}");
        }

        await up;
    }

    /// <summary>Asks it to leave, as a node does, and waits until it has; gives its exit code.</summary>
    public async Task<int> Leave()
    {
        IsReady = false;
        await _gone.CancelAsync();
        await Docker.Run("stop", "--time", $"{workload.Pod.TerminationGracePeriodSeconds}", name);
        return await Ended;
    }

    public async Task Kill()
    {
        IsReady = false;
        await _gone.CancelAsync();
        await Docker.Run("kill", "--signal", "KILL", name);
        await Ended;
    }

    /// <summary>Runs a command in it, as an operator does.</summary>
    public Task<(int ExitCode, string Output)> Execute(params IReadOnlyList<string> command) => Docker.Try(["exec", name, .. command]);

    public async Task<string> Log()
    {
        var (_, output) = await Docker.Try("logs", name);
        return Docker.Shown(output);
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
        _http.Dispose();
    }

    private async Task<int> End() => int.Parse(await Docker.Run("wait", name), CultureInfo.InvariantCulture);

    private async Task Watch()
    {
        try
        {
            await Until(workload.Container.StartupProbe, wanted: true);
            while (true)
            {
                await Until(workload.Container.ReadinessProbe, wanted: true);
                ReadyAfter = _ready.Task.IsCompleted ? ReadyAfter : Stopwatch.GetElapsedTime(_started);
                IsReady = true;
                _ready.TrySetResult();
                await Until(workload.Container.ReadinessProbe, wanted: false);
                IsReady = false;
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            _ready.TrySetException(failed);
        }
    }

    // One success is enough to believe it; to believe the contrary takes as many failures as the probe says. A program that never starts ends the wait for it.
    private async Task Until(V1Probe probe, bool wanted)
    {
        using var rhythm = new PeriodicTimer(TimeSpan.FromSeconds(probe.PeriodSeconds ?? 10));
        var failures = 0;
        do
        {
            var good = await Passes(probe);
            failures = good ? 0 : failures + 1;
            if (wanted ? good : failures >= (probe.FailureThreshold ?? 3))
            {
                return;
            }

            Assert.False(probe == workload.Container.StartupProbe && failures >= probe.FailureThreshold, $"{name} has not started in time.");
        }
        while (await rhythm.WaitForNextTickAsync(_gone.Token));
    }

    private async Task<bool> Passes(V1Probe probe)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(probe.TimeoutSeconds ?? 1));
        try
        {
            if (probe.HttpGet is { } get)
            {
                using var answer = await _http.GetAsync(new UriBuilder(get.Scheme ?? "http", $"{address}", Port(get.Port.Value), get.Path).Uri, patience.Token);
                return answer.IsSuccessStatusCode;
            }

            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, Port(probe.TcpSocket.Port.Value), patience.Token);
            return true;
        }
        catch (Exception refused) when (refused is HttpRequestException or SocketException or OperationCanceledException)
        {
            _gone.Token.ThrowIfCancellationRequested();
            return false;
        }
    }

    private int Port(string named) => workload.Port(named)!.Value;
}
