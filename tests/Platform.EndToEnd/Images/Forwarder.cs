using System.Net;
using System.Net.Sockets;

namespace Platform.EndToEnd.Images;

/// <summary>Takes connections at the address of a Service and hands each on to one of its pods, byte by byte: what is encrypted stays so.</summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _taking;

    public Forwarder(IPEndPoint at, Func<CancellationToken, Task<Socket>> dial)
    {
        _listener = new TcpListener(at);
        _listener.Start();
        _taking = Take(dial);
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        await _taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private async Task Take(Func<CancellationToken, Task<Socket>> dial)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptSocketAsync(_closed.Token);
                served.RemoveAll(task => task.IsCompleted);
                served.Add(Serve(caller, dial));
            }
        }
        finally
        {
            await Task.WhenAll(served);
        }
    }

    private async Task Serve(Socket caller, Func<CancellationToken, Task<Socket>> dial)
    {
        using (caller)
        {
            try
            {
                using var pod = await dial(_closed.Token);
                await Task.WhenAll(Copy(caller, pod), Copy(pod, caller));
            }
            catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The caller finds its connection broken, as it would find the pod's own.
            }
        }
    }

    private async Task Copy(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from);
            await using var target = new NetworkStream(to);
            await source.CopyToAsync(target, _closed.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // What breaks on one side breaks on the other.
            from.Dispose();
            to.Dispose();
            throw;
        }
    }
}
