using Platform.Load.Histories;
using Platform.Load.Open.Wire;

namespace Platform.Load.Open.Work;

/// <summary>What the workloads of one run share.</summary>
internal sealed record Parts
{
    public required LoadTarget Target { get; init; }

    public required Asking Asking { get; init; }

    public required SystemTokens Systems { get; init; }

    public required PersonTokens People { get; init; }

    public required Recorder Recorder { get; init; }

    /// <summary>Number of the document that this run pushes; a new one for each run, so that nobody holds it before.</summary>
    public required string Document { get; init; }

    public required Heads Heads { get; init; }

    public RunClock Clock => Asking.Clock;

    /// <summary>What the history says of every operation, as its last answer tells it; each workload adds what is its own.</summary>
    public Operation Told<T>(Arrival arrival, OperationKind kind, int instance, long called, Reply<T> reply)
        where T : class => new()
        {
            Id = Recorder.NextId(),
            Citizen = arrival.Citizen,
            Kind = kind,
            Instance = instance,
            Called = called,
            Answered = reply.IsKnown ? Clock.Now : null,
            Outcome = reply.IsDone ? OperationOutcome.Done : reply.IsKnown ? OperationOutcome.Refused : OperationOutcome.Unknown,
            Code = reply.Code,
        };
}

/// <summary>The newest ledger position seen of each citizen.</summary>
internal sealed class Heads(int citizens)
{
    private readonly long[] _seqs = new long[citizens];

    public long Of(int citizen) => Volatile.Read(ref _seqs[citizen]);

    public void Saw(int citizen, long seq)
    {
        for (var seen = Of(citizen); seen < seq; seen = Of(citizen))
        {
            Interlocked.CompareExchange(ref _seqs[citizen], seq, seen);
        }
    }
}
