using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Platform.Load.Open.Wire;

/// <summary>What is asked, in the bytes of HTTP/1.1; only the host is still open.</summary>
internal readonly record struct ApiRequest(ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> Token, ReadOnlyMemory<byte> Body)
{
    private const int LongestNumber = 20;

    /// <summary>Key under which a change may be asked again.</summary>
    public Guid? Key { get; init; }

    public static ReadOnlyMemory<byte> LineOf(string method, string path) => Encoding.ASCII.GetBytes($"{method} /{path} HTTP/1.1\r\n");

    public void WriteTo(IBufferWriter<byte> writer, ReadOnlySpan<byte> host)
    {
        writer.Write(Line.Span);
        writer.Write("Host: "u8);
        writer.Write(host);
        writer.Write("\r\nAuthorization: Bearer "u8);
        writer.Write(Token.Span);
        if (Key is { } key)
        {
            writer.Write("\r\nIdempotency-Key: "u8);
            key.TryFormat(writer.GetSpan(36), out var written);
            writer.Advance(written);
        }

        if (!Body.IsEmpty)
        {
            writer.Write("\r\nContent-Type: application/json\r\nContent-Length: "u8);
            Utf8Formatter.TryFormat(Body.Length, writer.GetSpan(LongestNumber), out var digits);
            writer.Advance(digits);
        }

        writer.Write("\r\n\r\n"u8);
        writer.Write(Body.Span);
    }
}
