using System.Text;
using Platform.Load.Open.Wire;
using Xunit;

namespace Platform.Tests.Load;

public sealed class AnswerReaderTests
{
    private const string Plain = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 12\r\nretry-after: 3\r\n\r\n{\"code\":\"x\"}";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n6\r\n{\"id\":\r\nA\r\n\"a\\r\\nbc\"}\r\n0\r\n\r\n";

    [Theory]
    [InlineData(Plain, 503, "{\"code\":\"x\"}", 3)]
    [InlineData(Chunked, 200, "{\"id\":\"a\\r\\nbc\"}", null)]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 401, "", null)]
    public void An_answer_is_read_wherever_its_bytes_are_cut(string text, int status, string body, int? retryAfter)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var received = bytes.ToArray();
            var reader = default(AnswerReader);
            Assert.False(reader.Read(received.AsSpan(0, cut)));
            Assert.True(reader.Read(received));
            Assert.Equal(status, reader.Status);
            Assert.Equal(body, Encoding.ASCII.GetString(received.AsSpan()[reader.Body]));
            Assert.Equal(retryAfter, reader.RetryAfter?.TotalSeconds);
            Assert.True(reader.KeepsAlive);
        }
    }

    [Fact]
    public void A_connection_that_the_server_closes_is_not_used_again()
    {
        var reader = default(AnswerReader);

        Assert.True(reader.Read(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")));
        Assert.False(reader.KeepsAlive);
    }

    [Fact]
    public void What_is_no_http_is_not_taken_for_an_answer()
    {
        var reader = default(AnswerReader);

        Assert.Throws<FormatException>(() => reader.Read(Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH\r\n\r\n")));
    }
}
