using System.Runtime.CompilerServices;

namespace Platform.Domain.Intake;

/// <summary>One line of a file, or null bytes if it was too long to be kept.</summary>
internal readonly record struct ByteLine(long Number, ReadOnlyMemory<byte>? Bytes);

/// <summary>Cuts a stream into lines without ever holding more than one; the end of a line is found by a rule that may know of quotes.</summary>
internal static class ByteLines
{
    private const int ReadSize = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Yields the lines that are not blank, without line ends and byte order mark; the bytes are only good until the next one.</summary>
    public static async IAsyncEnumerable<ByteLine> Read(Stream stream, LineEnd end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new byte[ReadSize];
        var line = new LineBuffer();
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            for (var start = 0; start < read;)
            {
                var feed = buffer.AsMemory(start, read - start);
                var length = end.Scan(feed.Span, line.Overflowed);
                line.Add(feed.Span[..Math.Abs(length)]);
                start += Math.Abs(length);
                if (length > 0 && line.Take() is { } complete)
                {
                    yield return complete;
                }
            }
        }

        if (line.Take() is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The line being collected.</summary>
    private sealed class LineBuffer
    {
        private byte[] _bytes = new byte[16 * 1024];
        private int _length;
        private long _number = 1;
        private long _lineFeeds;

        public bool Overflowed { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            _lineFeeds += bytes.Count((byte)'\n');
            if (Overflowed || _length + bytes.Length > ImportFile.MaxLineBytes + 2)
            {
                Overflowed = true;
                return;
            }

            if (_length + bytes.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
            }

            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        public ByteLine? Take()
        {
            var bytes = _bytes.AsMemory(0, _length);
            if (_number == 1 && bytes.Span.StartsWith(ByteOrderMark))
            {
                bytes = bytes[ByteOrderMark.Length..];
            }

            bytes = bytes[..bytes.Span.TrimEnd("\r\n"u8).Length];
            ByteLine? line = Overflowed || bytes.Length > ImportFile.MaxLineBytes ? new ByteLine(_number, null) : bytes.Span.Trim(" \t"u8).IsEmpty ? null : new ByteLine(_number, bytes);
            (_number, _lineFeeds, _length, Overflowed) = (_number + _lineFeeds, 0, 0, false);
            return line;
        }
    }
}
