using System.Collections.Immutable;

namespace Platform.Load.Histories;

/// <summary>First line of a history: what is needed to repeat the run and to read the rest.</summary>
internal sealed record HistoryHeader
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required int Seed { get; init; }

    /// <summary>The instant from which <see cref="Operation.Called"/> counts (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required int Citizens { get; init; }

    /// <summary>Number of APIs that were asked.</summary>
    public required int Instances { get; init; }

    /// <summary>The run's options by name, for whoever repeats it.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
