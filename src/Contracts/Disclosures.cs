using System.Collections.Immutable;
using Platform.Domain.Sharing;

namespace Platform.Contracts;

/// <summary>What sector systems may do with one citizen; the grain key is the 12-digit personal ID.</summary>
[Alias("citizen-disclosures"), GrainInterfaceType("citizen-disclosures")]
public interface ICitizenDisclosures : IGrainWithStringKey
{
    /// <summary>
    /// Decides, appends the decision to the citizen's ledger, and only then answers; a fault before that is a <see cref="TryAgainException"/> and
    /// nothing was released.
    /// </summary>
    [Alias("disclose")]
    Task<DisclosureAnswer> Disclose(DisclosureCall call);

    /// <summary>
    /// Asks the citizen for a consent; repeating the operation key with the same content gives the request as it now stands. A number without a record
    /// answers like any other.
    /// </summary>
    [Alias("request-consent")]
    Task<ConsentRequestAnswer> RequestConsent(ConsentRequestCall call);

    /// <summary>A request that this system made, as it now stands.</summary>
    [Alias("get-consent-request")]
    Task<ConsentRequestAnswer> GetConsentRequest(string system, Guid request);

    /// <summary>Takes a waiting request back; repeating it changes nothing.</summary>
    [Alias("cancel-consent-request")]
    Task<ConsentRequestAnswer> CancelConsentRequest(string system, Guid request);
}

/// <summary>The way to a citizen's grain for the call that is made most.</summary>
public static class CitizenDisclosures
{
    private static readonly GrainType Citizen = GrainType.Create("citizen");
    private static readonly GrainInterfaceType Interface = GrainInterfaceType.Create("citizen-disclosures");

    /// <summary>What <c>GetGrain&lt;ICitizenDisclosures&gt;</c> gives, for 12 digits, without reading the attributes of the interface at each call.</summary>
    public static ICitizenDisclosures Disclosures(this IGrainFactory grains, string personalId)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return (ICitizenDisclosures)grains.GetGrain(GrainId.Create(Citizen, personalId), Interface);
    }
}

/// <summary>Finds recorded disclosures; stateless, any key.</summary>
[Alias("disclosure-archive"), GrainInterfaceType("disclosure-archive")]
public interface IDisclosureArchive : IGrainWithIntegerKey
{
    /// <summary>The recorded decision of a disclosure that this system made, without values; null if there is none or it was another system's.</summary>
    [Alias("find")]
    Task<DisclosureAnswer?> Find(string system, Guid disclosure);
}

/// <summary>A request by an authenticated sector system; names and forms were checked by the caller.</summary>
[GenerateSerializer, Immutable, Alias("disclosure-call")]
public sealed record DisclosureCall
{
    /// <summary>Identity given by the caller, new for each attempt.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>The authenticated system.</summary>
    [Id(1)]
    public required string System { get; init; }

    /// <summary>Purpose code.</summary>
    [Id(2)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicates, each once.</summary>
    [Id(3)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Case or dossier reference.</summary>
    [Id(4)]
    public string? CaseReference { get; init; }

    /// <summary>The official behind the request.</summary>
    [Id(5)]
    public OfficialCall? Official { get; init; }
}

/// <summary>The official on whose behalf a system asks.</summary>
[GenerateSerializer, Immutable, Alias("official-call")]
public sealed record OfficialCall
{
    /// <summary>The official's own personal ID (12 digits), or null; recorded masked only.</summary>
    [Id(0)]
    public string? PersonalId { get; init; }

    /// <summary>Staff code, where there is no personal ID.</summary>
    [Id(1)]
    public string? StaffCode { get; init; }

    /// <summary>Role.</summary>
    [Id(2)]
    public required string Role { get; init; }

    /// <summary>Unit.</summary>
    [Id(3)]
    public string? Unit { get; init; }

    /// <summary>e-ID level of the official's login, 1 or 2.</summary>
    [Id(4)]
    public int? IdentityLevel { get; init; }
}

/// <summary>The recorded answer to a disclosure.</summary>
[GenerateSerializer, Immutable, Alias("disclosure-answer")]
public sealed record DisclosureAnswer
{
    /// <summary>Identity of the disclosure and of its ledger entry.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>When it was decided (UTC).</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Permitted, partly permitted or denied.</summary>
    [Id(2)]
    public required Outcome Outcome { get; init; }

    /// <summary>Rule book number.</summary>
    [Id(3)]
    public required int RuleBook { get; init; }

    /// <summary>One row per target, in the order asked.</summary>
    [Id(4)]
    public required ImmutableArray<DisclosedTarget> Targets { get; init; }

    /// <summary>Purpose code of the request.</summary>
    [Id(5)]
    public required string Purpose { get; init; }

    /// <summary>Position in the citizen's ledger.</summary>
    [Id(6)]
    public required long LedgerSeq { get; init; }

    /// <summary>Hash of the ledger entry, lower-case hexadecimal.</summary>
    [Id(7)]
    public required string LedgerHash { get; init; }
}

/// <summary>The decision on one target and, if released, its values.</summary>
[GenerateSerializer, Immutable, Alias("disclosed-target")]
public sealed record DisclosedTarget
{
    /// <summary>The target as asked for.</summary>
    [Id(0)]
    public required string Target { get; init; }

    /// <summary>Whether it was released.</summary>
    [Id(1)]
    public required bool Released { get; init; }

    /// <summary>Why.</summary>
    [Id(2)]
    public required Reason Reason { get; init; }

    /// <summary>Id of the rule that decided.</summary>
    [Id(3)]
    public string? Rule { get; init; }

    /// <summary>Version of that rule.</summary>
    [Id(4)]
    public int? RuleVersion { get; init; }

    /// <summary>Article.</summary>
    [Id(5)]
    public string? Article { get; init; }

    /// <summary>The consent it rests on.</summary>
    [Id(6)]
    public Guid? Consent { get; init; }

    /// <summary>For a refusal: the changes that together turn it around.</summary>
    [Id(7)]
    public ImmutableArray<RemedyView> Remedies { get; init; } = [];

    /// <summary>Released values in canonical text: one, or one per document held; empty if the record has none. A predicate has yes, no or unknown.</summary>
    [Id(8)]
    public ImmutableArray<DisclosedValue> Values { get; init; } = [];
}

/// <summary>A change that helps to turn a refusal around.</summary>
[GenerateSerializer, Immutable, Alias("remedy")]
public sealed record RemedyView
{
    /// <summary>What to do.</summary>
    [Id(0)]
    public required RemedyKind Kind { get; init; }

    /// <summary>First argument, by kind.</summary>
    [Id(1)]
    public string? Value { get; init; }

    /// <summary>Second argument, by kind.</summary>
    [Id(2)]
    public string? Detail { get; init; }
}

/// <summary>One released value with its provenance.</summary>
[GenerateSerializer, Immutable, Alias("disclosed-value")]
public sealed record DisclosedValue
{
    /// <summary>Canonical text.</summary>
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>Number of the document it stands on, if it stands on one.</summary>
    [Id(1)]
    public string? Document { get; init; }

    /// <summary>Key of the source.</summary>
    [Id(2)]
    public string? Source { get; init; }

    /// <summary>The instant (UTC) at which the source vouched for it.</summary>
    [Id(3)]
    public DateTimeOffset? AsOf { get; init; }
}
