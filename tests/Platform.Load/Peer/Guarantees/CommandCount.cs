using System.Diagnostics;

namespace Platform.Load.Peer.Guarantees;

/// <summary>Counts commands sent to PostgreSQL by the driver's own traces; each is one round trip, however many statements it holds.</summary>
internal sealed class CommandCount : IDisposable
{
    private const string Driver = "Npgsql";
    private readonly ActivityListener _listener;
    private long _count;

    public CommandCount()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Driver,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = _ => Interlocked.Increment(ref _count),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
