using System.Buffers.Text;
using System.Text;

namespace Platform.Load.Open.Wire;

/// <summary>Finds status, a few headers and the body of one HTTP/1.1 answer in the bytes that came so far; chunks are joined in place.</summary>
internal struct AnswerReader
{
    private const int Chunked = -1;
    private int _bodyStart;
    private int _bodyLength;
    private int _contentLength;
    private int _next;

    public int Status { get; private set; }

    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Whether the connection may be used again.</summary>
    public bool KeepsAlive { get; private set; }

    public readonly Range Body => _bodyStart..(_bodyStart + _bodyLength);

    /// <summary>Reads on; false if more bytes are needed.</summary>
    public bool Read(Span<byte> received)
    {
        if (_bodyStart == 0)
        {
            var end = received.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return false;
            }

            ReadHead(received[..end]);
            _bodyStart = _next = end + 4;
        }

        if (_contentLength != Chunked)
        {
            _bodyLength = _contentLength;
            return received.Length >= _bodyStart + _contentLength;
        }

        return ReadChunks(received);
    }

    private bool ReadChunks(Span<byte> received)
    {
        while (true)
        {
            var line = received[_next..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return false;
            }

            if (!Utf8Parser.TryParse(received.Slice(_next, line), out int size, out _, 'x'))
            {
                throw new FormatException("A chunk has no size.");
            }

            var start = _next + line + 2;
            if (received.Length < start + size + 2)
            {
                return false;
            }

            if (size == 0)
            {
                return true;
            }

            received.Slice(start, size).CopyTo(received[(_bodyStart + _bodyLength)..]);
            _bodyLength += size;
            _next = start + size + 2;
        }
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new FormatException("This is no answer of HTTP/1.1.");
        }

        Status = status;
        KeepsAlive = true;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.IndexOf((byte)':') is var colon and > 0)
            {
                ReadHeader(line[..colon], line[(colon + 1)..].Trim((byte)' '));
            }
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8) && Utf8Parser.TryParse(value, out int length, out _))
        {
            _contentLength = length;
        }
        else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
        {
            _contentLength = Chunked;
        }
        else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
        {
            KeepsAlive = !Ascii.EqualsIgnoreCase(value, "close"u8);
        }
        else if (Ascii.EqualsIgnoreCase(name, "Retry-After"u8) && Utf8Parser.TryParse(value, out int seconds, out _))
        {
            RetryAfter = TimeSpan.FromSeconds(seconds);
        }
    }
}
