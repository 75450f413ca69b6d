using System.Globalization;
using System.Text;

namespace Platform.Load.Peer.Sql;

/// <summary>A request in bytes, made once, into which only the personal ID is written for each call.</summary>
internal sealed class RawRequest
{
    public const string NumberPlace = "000000000000";

    private readonly byte[] _bytes;
    private readonly int _place;

    public RawRequest(Uri api, string token, byte[] body)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/disclosures HTTP/1.1\r\nHost: {api.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        _bytes = [.. Encoding.ASCII.GetBytes(head), .. body];
        _place = _bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(NumberPlace));
    }

    /// <summary>A copy for one caller.</summary>
    public byte[] Copy() => [.. _bytes];

    /// <summary>Writes the number into a caller's copy.</summary>
    public void Name(byte[] copy, string number) => Encoding.ASCII.GetBytes(number, copy.AsSpan(_place));
}
