using System.Net;
using System.Net.Sockets;

namespace Platform.Load.Stack;

/// <summary>The one public address of several servers: each connection goes to the next of them that takes it, so that one that is away is not noticed.</summary>
internal sealed class Balancer(IReadOnlyList<string> servers) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, Ports.Block(1));
    private readonly IPEndPoint[] _servers = [.. servers.Select(server => IPEndPoint.Parse(new Uri(server).Authority))];
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;
    private int _turn;

    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>Takes its port.</summary>
    public void Listen() => _listener.Start();

    public void Start() => _accepting = Accept();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = Carry(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // It ends, or who asked went away again.
            }
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        {
            for (var attempt = 0; attempt < _servers.Length; attempt++)
            {
                using var server = new TcpClient();
                try
                {
                    await server.ConnectAsync(_servers[(int)((uint)Interlocked.Increment(ref _turn) % _servers.Length)], _stop.Token);
                    await Task.WhenAny(Pump(client, server), Pump(server, client));
                    return;
                }
                catch (Exception away) when (away is SocketException or IOException or OperationCanceledException)
                {
                    // The next one.
                }
            }
        }
    }

    private Task Pump(TcpClient from, TcpClient to) => from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
}
