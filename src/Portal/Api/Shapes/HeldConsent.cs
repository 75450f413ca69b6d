using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>A decision of the person about one recipient and one purpose.</summary>
public record HeldConsent
{
    public required Guid Id { get; init; }

    public required Named Recipient { get; init; }

    public required Named Purpose { get; init; }

    public required ImmutableArray<Named> Targets { get; init; }

    /// <summary><c>granted</c>, <c>refused</c> or <c>withdrawn</c>; one that ran out is still granted.</summary>
    public required string State { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant at which it no longer counts.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    public UseLimit? Limit { get; init; }

    /// <summary>For how many days the recipient may keep what it received.</summary>
    public required int DataLifeDays { get; init; }

    public required ConsentEvidence Evidence { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    public required ConsentUses Uses { get; init; }
}

/// <summary>One consent with the words that were shown and its place in the ledger.</summary>
public sealed record ConsentDetail : HeldConsent
{
    /// <summary>Null where the channel could not send any.</summary>
    public string? Text { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<ConsentEntry> Entries { get; init; }
}

/// <summary>How a consent was given.</summary>
public sealed record ConsentEvidence
{
    /// <summary><c>portal</c>, <c>counter</c>, or another way.</summary>
    public required string Channel { get; init; }

    public required int IdentityLevel { get; init; }

    public required string Language { get; init; }

    /// <summary>SHA-256 of the words that were shown.</summary>
    public required string TextHash { get; init; }

    /// <summary><c>representative</c> or <c>wardAndRepresentative</c>, where it was not the person alone.</summary>
    public string? GivenBy { get; init; }
}

/// <summary>How often something was released on a consent.</summary>
public sealed record ConsentUses
{
    public required int Count { get; init; }

    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>Where the ledger has a decision.</summary>
public sealed record ConsentEntry
{
    public required long Seq { get; init; }

    /// <summary><c>consent.granted</c>, <c>consent.refused</c> or <c>consent.withdrawn</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Hash { get; init; }
}
