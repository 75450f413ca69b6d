using System.Collections.Immutable;
using Platform.Domain.Sharing;

namespace Platform.Contracts;

/// <summary>What the citizen's ledger tells about the past, read without standing in the way of those who ask today; the grain key is the 12-digit personal ID.</summary>
[Alias("citizen-history"), GrainInterfaceType("citizen-history")]
public interface ICitizenHistory : IGrainWithStringKey
{
    /// <summary>Accesses to the citizen's data, newest first.</summary>
    [Alias("get-accesses")]
    Task<AccessPage> GetAccesses(AccessQuery query);

    /// <summary>One access of this citizen, or null.</summary>
    [Alias("find-access")]
    Task<AccessEntry?> FindAccess(Guid id);

    /// <summary>How many accesses there were, by month, source and outcome, newest month first.</summary>
    [Alias("count-accesses")]
    Task<ImmutableArray<AccessTally>> CountAccesses();

    /// <summary>How often something was released on each consent that was ever used.</summary>
    [Alias("count-consent-uses")]
    Task<ImmutableArray<ConsentUse>> CountConsentUses();

    /// <summary>A consent as the ledger last saw it, with the text that was shown; null if the ledger has no decision on it.</summary>
    [Alias("find-consent")]
    Task<ConsentPast?> FindConsent(Guid consent);

    /// <summary>The citizen's newest 200 reports, newest first.</summary>
    [Alias("get-reports")]
    Task<ImmutableArray<ReportView>> GetReports();
}

/// <summary>What kind of access it was.</summary>
public enum AccessKind
{
    /// <summary>A sector system asked.</summary>
    Disclosure = 1,

    /// <summary>A relying party received identity claims at a login.</summary>
    IdentityReleased = 2,

    /// <summary>The citizen showed a document to somebody.</summary>
    PresentationShown = 3,
}

/// <summary>Who had access: for a disclosure the sector system, for an identity release the relying party; a presentation names nobody.</summary>
[GenerateSerializer, Immutable, Alias("access-source")]
public sealed record AccessSource
{
    /// <summary>Kind of access.</summary>
    [Id(0)]
    public required AccessKind Kind { get; init; }

    /// <summary>Id of the system or of the relying party's client; empty for a presentation.</summary>
    [Id(1)]
    public required string Id { get; init; }
}

/// <summary>Which accesses are asked for.</summary>
[GenerateSerializer, Immutable, Alias("access-query")]
public sealed record AccessQuery
{
    /// <summary>Only entries before this position; null to begin with the newest.</summary>
    [Id(0)]
    public long? Before { get; init; }

    /// <summary>How many at most, 1 to 200.</summary>
    [Id(1)]
    public required int Count { get; init; }

    /// <summary>First instant.</summary>
    [Id(2)]
    public DateTimeOffset? From { get; init; }

    /// <summary>First instant that no longer counts.</summary>
    [Id(3)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those of these sources; empty for all.</summary>
    [Id(4)]
    public ImmutableArray<AccessSource> Sources { get; init; } = [];

    /// <summary>Only those with this outcome.</summary>
    [Id(5)]
    public Outcome? Outcome { get; init; }
}

/// <summary>Accesses in order, and where the next page begins.</summary>
[GenerateSerializer, Immutable, Alias("access-page")]
public sealed record AccessPage
{
    /// <summary>Newest first.</summary>
    [Id(0)]
    public required ImmutableArray<AccessEntry> Entries { get; init; }

    /// <summary>The position to go on before; null at the end.</summary>
    [Id(1)]
    public long? Next { get; init; }
}

/// <summary>One access to a citizen's data, as the ledger has it; no values.</summary>
[GenerateSerializer, Immutable, Alias("access-entry")]
public sealed record AccessEntry
{
    /// <summary>Position in the ledger.</summary>
    [Id(0)]
    public required long Seq { get; init; }

    /// <summary>Identity of the ledger entry.</summary>
    [Id(1)]
    public required Guid Id { get; init; }

    /// <summary>When (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    [Id(3)]
    public required AccessSource Source { get; init; }

    /// <summary>For an identity release: the relying party's name as the citizen saw it.</summary>
    [Id(4)]
    public string? SourceName { get; init; }

    /// <summary>Permitted, partly permitted or denied.</summary>
    [Id(5)]
    public required Outcome Outcome { get; init; }

    /// <summary>For a disclosure: the purpose code.</summary>
    [Id(6)]
    public string? Purpose { get; init; }

    /// <summary>Case reference, if one was given.</summary>
    [Id(7)]
    public string? CaseReference { get; init; }

    /// <summary>Role of the official, if one was named.</summary>
    [Id(8)]
    public string? OfficialRole { get; init; }

    /// <summary>Unit of the official, if named.</summary>
    [Id(9)]
    public string? OfficialUnit { get; init; }

    /// <summary>For a disclosure: what was decided about each target; without values.</summary>
    [Id(10)]
    public ImmutableArray<DisclosedTarget> Targets { get; init; } = [];

    /// <summary>For an identity release the claims, for a presentation the attributes that were shown.</summary>
    [Id(11)]
    public ImmutableArray<string> Shown { get; init; } = [];

    /// <summary>The citizen's latest question about it.</summary>
    [Id(12)]
    public Guid? Asked { get; init; }
}

/// <summary>So many accesses of a source with one outcome in one month.</summary>
[GenerateSerializer, Immutable, Alias("access-tally")]
public sealed record AccessTally
{
    /// <summary>Month in Vietnam, <c>yyyy-MM</c>.</summary>
    [Id(0)]
    public required string Month { get; init; }

    /// <summary>Who.</summary>
    [Id(1)]
    public required AccessSource Source { get; init; }

    /// <summary>Outcome.</summary>
    [Id(2)]
    public required Outcome Outcome { get; init; }

    /// <summary>How many.</summary>
    [Id(3)]
    public required int Count { get; init; }

    /// <summary>The latest of them (UTC).</summary>
    [Id(4)]
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>For a relying party: its name at the latest of them.</summary>
    [Id(5)]
    public string? SourceName { get; init; }
}

/// <summary>How often something was released on a consent.</summary>
[GenerateSerializer, Immutable, Alias("consent-use")]
public sealed record ConsentUse
{
    /// <summary>Identity of the consent.</summary>
    [Id(0)]
    public required Guid Consent { get; init; }

    /// <summary>Releases that rested on it.</summary>
    [Id(1)]
    public required int Count { get; init; }

    /// <summary>The latest release (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>What the ledger has about a consent.</summary>
[GenerateSerializer, Immutable, Alias("consent-past")]
public sealed record ConsentPast
{
    /// <summary>The consent as stored JSON (see <c>Consent</c>), as its latest entry has it.</summary>
    [Id(0)]
    public required string Consent { get; init; }

    /// <summary>The text that was shown; null if the channel had none.</summary>
    [Id(1)]
    public string? Text { get; init; }

    /// <summary>The entries about it, oldest first.</summary>
    [Id(2)]
    public ImmutableArray<ConsentMark> Entries { get; init; } = [];
}

/// <summary>Where in the ledger a decision on a consent stands.</summary>
[GenerateSerializer, Immutable, Alias("consent-mark")]
public sealed record ConsentMark
{
    /// <summary>Position.</summary>
    [Id(0)]
    public required long Seq { get; init; }

    /// <summary>Kind of the entry.</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>When (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Hash of the entry, lower-case hexadecimal.</summary>
    [Id(3)]
    public required string Hash { get; init; }
}
