using System.Text.Json;

namespace Platform.Load.Histories;

/// <summary>Writes a history while it happens: one line for the header, then one for each operation, from any number of threads.</summary>
internal sealed class HistoryWriter : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HistoryHeader _header;
    private readonly Stream _stream;

    private HistoryWriter(HistoryHeader header, Stream stream)
    {
        _header = header;
        _stream = stream;
        Line(JsonSerializer.SerializeToUtf8Bytes(header, HistoryJson.Options));
    }

    /// <summary>Starts a new file, in place of one with this name.</summary>
    public static HistoryWriter Create(string file, HistoryHeader header) =>
        new(header, new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16));

    public static HistoryWriter To(Stream stream, HistoryHeader header) => new(header, stream);

    /// <summary>Writes an operation whose outcome is known, or that ended without one.</summary>
    public void Write(Operation operation)
    {
        if (OperationCheck.Find(operation, _header) is { } wrong)
        {
            throw new ArgumentException($"Operation {operation.Id} cannot be recorded: {wrong}.", nameof(operation));
        }

        Line(JsonSerializer.SerializeToUtf8Bytes(operation, HistoryJson.Options));
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private void Line(byte[] json)
    {
        lock (_lock)
        {
            _stream.Write(json);
            _stream.WriteByte((byte)'\n');
        }
    }
}
