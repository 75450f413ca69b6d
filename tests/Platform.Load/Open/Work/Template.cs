using System.Text;

namespace Platform.Load.Open.Work;

/// <summary>A body with a place for the person's number.</summary>
internal sealed class Template
{
    private readonly byte[] _bytes;
    private readonly int _place;

    public Template(string text)
    {
        _bytes = Encoding.UTF8.GetBytes(text.Replace("@", "000000000000", StringComparison.Ordinal));
        _place = Encoding.UTF8.GetByteCount(text[..text.IndexOf('@', StringComparison.Ordinal)]);
    }

    public ReadOnlyMemory<byte> For(string personalId)
    {
        var body = _bytes.ToArray();
        Encoding.ASCII.GetBytes(personalId, body.AsSpan(_place));
        return body;
    }
}
