using System.Buffers.Text;
using System.Net.Sockets;

namespace Platform.Load.Peer.Sql;

/// <summary>
/// One connection of a caller, in bare HTTP/1.1: on a machine that callers and servers share, a client that costs as much as a server would hide the
/// difference between servers.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[LargestAnswer];

    public static async Task<RawConnection> Open(Uri api, CancellationToken cancellation)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(api.Host, api.Port, cancellation);
        return connection;
    }

    /// <summary>Sends a request and reads its answer; gives the status and the length of all of it.</summary>
    public async ValueTask<(int Status, int Length)> Ask(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await _socket.SendAsync(request, SocketFlags.None, cancellation);
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None, cancellation);
            if (read == 0)
            {
                throw new IOException("The server closed the connection within an answer.");
            }

            length += read;
        }
        while (!IsWhole(_buffer.AsSpan(0, length)));

        return Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _) ? (status, length) : throw new IOException("The answer has no status.");
    }

    /// <summary>The body of the last answer.</summary>
    public byte[] Body(int length)
    {
        var answer = _buffer.AsSpan(0, length);
        var body = answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..];
        if (LengthOf(answer) is not null)
        {
            return body.ToArray();
        }

        var whole = new List<byte>();
        while (Utf8Parser.TryParse(body, out int size, out var digits, 'x') && size > 0)
        {
            body = body[(digits + 2)..];
            whole.AddRange(body[..size]);
            body = body[(size + 2)..];
        }

        return [.. whole];
    }

    public void Dispose() => _socket.Dispose();

    // A JSON text has no line ends of this kind, so the end of the last chunk cannot be mistaken.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.EndsWith("\r\n0\r\n\r\n"u8))
        {
            return true;
        }

        var head = answer.IndexOf("\r\n\r\n"u8);
        return head >= 0 && LengthOf(answer) is { } length && answer.Length - head - 4 >= length;
    }

    private static int? LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer[..answer.IndexOf("\r\n\r\n"u8)];
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + "Content-Length: "u8.Length)..], out int length, out _) ? length : null;
    }
}
