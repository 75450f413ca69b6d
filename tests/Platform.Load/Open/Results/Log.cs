namespace Platform.Load.Open.Results;

/// <summary>Everything that has ended, in the order in which it did.</summary>
internal sealed class Log
{
    private readonly Lock _lock = new();
    private readonly List<Finished> _all = [];

    public void Add(Finished one)
    {
        lock (_lock)
        {
            _all.Add(one);
        }
    }

    /// <summary>What has ended since the log was <paramref name="from"/> long.</summary>
    public Finished[] Since(int from)
    {
        lock (_lock)
        {
            return [.. _all[from..]];
        }
    }
}
