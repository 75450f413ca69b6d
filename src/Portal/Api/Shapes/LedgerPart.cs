using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>A part of the person's ledger, oldest first.</summary>
public sealed record LedgerPart
{
    /// <summary>Position of the newest entry of the whole ledger.</summary>
    public required long HeadSeq { get; init; }

    public required ImmutableArray<LedgerItem> Entries { get; init; }
}

/// <summary>One entry with everything that its hash covers, as texts that nobody here touches: their bytes matter.</summary>
public sealed record LedgerItem
{
    public required long Seq { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string At { get; init; }

    public required string Tag { get; init; }

    public required string Body { get; init; }

    public required string PrevHash { get; init; }

    public required string Hash { get; init; }
}
