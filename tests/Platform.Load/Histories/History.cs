using System.Collections.Immutable;

namespace Platform.Load.Histories;

/// <summary>A whole run as it was recorded.</summary>
internal sealed record History(HistoryHeader Header, ImmutableArray<Operation> Operations);
