using Platform.Load.Open.Work;

namespace Platform.Load.Open.Results;

/// <summary>An operation that has ended, with its times in microseconds since the run began.</summary>
/// <param name="Intended">When it was to start; from here latency counts.</param>
/// <param name="Sent">When it did start.</param>
/// <param name="Ended">When its outcome was known.</param>
/// <param name="Workload">What it did.</param>
/// <param name="Done">What became of it.</param>
internal readonly record struct Finished(long Intended, long Sent, long Ended, Workload Workload, Done Done)
{
    public bool IsAnswered => Done.IsAnswered;

    public long Latency => Ended - Intended;

    /// <summary>Whether an identity server was asked, not an API.</summary>
    public bool AtIdentity => Workload is Workload.Login or Workload.Token;
}
