using System.Collections.Concurrent;
using Platform.Load.Histories;

namespace Platform.Load.Open;

/// <summary>Takes every operation once its outcome is known: for the checker, and for a file if one is asked for.</summary>
internal sealed class Recorder(HistoryHeader header, string? file, bool keep) : IAsyncDisposable
{
    private readonly HistoryWriter? _writer = file is null ? null : HistoryWriter.Create(file, header);
    private readonly ConcurrentQueue<Operation> _operations = new();
    private long _last;

    public bool IsNeeded => keep || _writer is not null;

    public long NextId() => Interlocked.Increment(ref _last);

    public void Take(Operation operation)
    {
        _writer?.Write(operation);
        if (keep)
        {
            _operations.Enqueue(operation);
        }
    }

    public History History() => new(header, [.. _operations]);

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
