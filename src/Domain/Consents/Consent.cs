using System.Collections.Immutable;

namespace Platform.Domain.Consents;

/// <summary>Where a consent stands; there is no state that means consent without the citizen's own act (Law 91/2025/QH15 art. 9).</summary>
public enum ConsentState
{
    /// <summary>Given by the citizen.</summary>
    Granted = 1,

    /// <summary>Asked for and refused.</summary>
    Refused = 2,

    /// <summary>Given and later withdrawn.</summary>
    Withdrawn = 3,
}

/// <summary>The span over which a frequency limit or a quota counts, in local calendar terms.</summary>
public enum Period
{
    /// <summary>A local calendar day.</summary>
    Day = 1,

    /// <summary>A calendar month.</summary>
    Month = 2,

    /// <summary>A calendar year.</summary>
    Year = 3,

    /// <summary>Without end.</summary>
    Total = 4,
}

/// <summary>At most so many uses in each period.</summary>
public sealed record FrequencyLimit
{
    /// <summary>Number of uses allowed in one period, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The period.</summary>
    public required Period Per { get; init; }
}

/// <summary>Who consented, where it was not the citizen alone (Decree 13/2023/NĐ-CP art. 20; Law 91/2025/QH15 art. 24).</summary>
public enum ConsentGiver
{
    /// <summary>The representative, for a child under seven.</summary>
    Representative = 1,

    /// <summary>The ward and the representative, each by an act of their own.</summary>
    WardAndRepresentative = 2,
}

/// <summary>How a consent was given, so that the controller can prove it (Law 91/2025/QH15 art. 9; Decree 356/2025).</summary>
public sealed record ConsentEvidence
{
    /// <summary>The channel, such as <c>portal</c> or <c>counter</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The e-ID level of the session in which it was given, 1 or 2.</summary>
    public required int IdentityLevel { get; init; }

    /// <summary>Version of the text that was shown.</summary>
    public required string TextVersion { get; init; }

    /// <summary>Language of the text that was shown: <c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the text that was shown, in lower-case hexadecimal.</summary>
    public required string TextHash { get; init; }

    /// <summary>Who consented, where it was not the citizen alone.</summary>
    public ConsentGiver? GivenBy { get; init; }
}

/// <summary>A citizen's decision for one recipient and one purpose.</summary>
public sealed record Consent
{
    /// <summary>Identity of the consent; version 7, so ordered by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organisation that may receive, by its id in the rule book.</summary>
    public required string Recipient { get; init; }

    /// <summary>The coded purpose; one consent, one purpose, no bundling.</summary>
    public required string Purpose { get; init; }

    /// <summary>Exactly the attribute paths and predicate names covered, in ordinal order.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Granted, refused or withdrawn.</summary>
    public required ConsentState State { get; init; }

    /// <summary>When the citizen decided (UTC).</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>First instant (UTC) at which it counts.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant (UTC) at which it no longer counts.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How often it may be used, or null for no limit.</summary>
    public FrequencyLimit? Limit { get; init; }

    /// <summary>For how many days the recipient may keep what it received.</summary>
    public required int DataLifeDays { get; init; }

    /// <summary>How it was given.</summary>
    public required ConsentEvidence Evidence { get; init; }

    /// <summary>When it was withdrawn (UTC), if it was.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
