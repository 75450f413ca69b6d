using System.Collections.Immutable;

namespace Platform.Load.Peer.Sql;

/// <summary>What one contestant did in one round.</summary>
internal sealed record Round
{
    public required string Contestant { get; init; }

    public required int Callers { get; init; }

    public required double Seconds { get; init; }

    public required long Released { get; init; }

    public required long Denied { get; init; }

    public required long Failed { get; init; }

    public required double MeanBytes { get; init; }

    /// <summary>Milliseconds that half of the answers took at most.</summary>
    public required double P50 { get; init; }

    public required double P99 { get; init; }

    public required double P999 { get; init; }

    /// <summary>Processor time of the contestant's own processes, microseconds a request.</summary>
    public required ImmutableArray<(string Name, double Microseconds)> Processes { get; init; }

    /// <summary>Processor time of the database server, microseconds a request.</summary>
    public required double DatabaseMicroseconds { get; init; }

    /// <summary>Rows written in the round; null where none are.</summary>
    public required long? Rows { get; init; }

    public long Answers => Released + Denied;

    public double PerSecond => Answers / Seconds;

    public double Microseconds => Processes.Sum(process => process.Microseconds) + DatabaseMicroseconds;
}
