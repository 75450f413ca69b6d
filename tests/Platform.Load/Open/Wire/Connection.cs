using System.Buffers;
using System.Net.Sockets;

namespace Platform.Load.Open.Wire;

/// <summary>One connection to one API, for one request at a time.</summary>
internal sealed class Connection : IDisposable
{
    private const int FirstBuffer = 8 * 1024;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ArrayBufferWriter<byte> _sent = new(2 * 1024);
    private CancellationTokenSource _time = new();
    private byte[] _received = new byte[FirstBuffer];
    private bool _broken = true;

    /// <summary>Whether its last answer left it so that it can be used again.</summary>
    public bool IsWhole => !_broken;

    /// <summary>Whether the other end has closed it meanwhile: nothing else is to be read between two requests.</summary>
    public bool IsClosed => _socket.Poll(0, SelectMode.SelectRead);

    public async ValueTask<Answer> Ask(ApiAddress api, ApiRequest request, TimeSpan patience)
    {
        if (!_time.TryReset())
        {
            _time.Dispose();
            _time = new CancellationTokenSource();
        }

        _time.CancelAfter(patience);
        var connected = _socket.Connected;
        try
        {
            if (!connected)
            {
                await _socket.ConnectAsync(api.EndPoint, _time.Token);
                connected = true;
            }

            _broken = true;
            _sent.ResetWrittenCount();
            request.WriteTo(_sent, api.Host.Span);
            for (var rest = _sent.WrittenMemory; !rest.IsEmpty;)
            {
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, _time.Token)..];
            }

            return await Receive();
        }
        catch (SocketException) when (!connected)
        {
            return Answer.Without(NoAnswer.RefusedConnection);
        }
        catch (Exception fault) when (fault is SocketException or FormatException)
        {
            return Answer.Without(NoAnswer.LostConnection);
        }
        catch (OperationCanceledException)
        {
            return Answer.Without(NoAnswer.Timeout);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _time.Dispose();
    }

    private async ValueTask<Answer> Receive()
    {
        var reader = default(AnswerReader);
        for (var length = 0; ;)
        {
            if (length == _received.Length)
            {
                Array.Resize(ref _received, length * 2);
            }

            var read = await _socket.ReceiveAsync(_received.AsMemory(length), SocketFlags.None, _time.Token);
            if (read == 0)
            {
                return Answer.Without(NoAnswer.LostConnection);
            }

            length += read;
            if (reader.Read(_received.AsSpan(0, length)))
            {
                _broken = !reader.KeepsAlive;
                return new Answer(reader.Status, _received.AsMemory()[reader.Body], reader.RetryAfter);
            }
        }
    }
}
