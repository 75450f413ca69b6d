namespace Platform.Load.Open;

/// <summary>The one monotonic clock of a run, in microseconds since it began.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The instant at which the run began (UTC).</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public TimeProvider Time => time;

    public long Now => (long)time.GetElapsedTime(_started).TotalMicroseconds;
}
