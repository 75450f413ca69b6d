using System.Collections.Immutable;
using Platform.Domain.Consents;

namespace Platform.Contracts;

/// <summary>What the citizen may see and do; the grain key is the 12-digit personal ID.</summary>
[Alias("citizen-self"), GrainInterfaceType("citizen-self")]
public interface ICitizenSelf : IGrainWithStringKey
{
    /// <summary>The citizen's record as stored JSON (see <c>CitizenRecord</c>), or null if the province holds none.</summary>
    [Alias("get-record")]
    Task<string?> GetRecord();

    /// <summary>Gives or refuses consent; repeating the operation key with the same content gives the first answer again.</summary>
    [Alias("decide-consent")]
    Task<ConsentAnswer> DecideConsent(ConsentCall call);

    /// <summary>Withdraws a consent; once this has answered, nothing is released on it any more, on any node. Repeating it changes nothing.</summary>
    [Alias("withdraw-consent")]
    Task<ConsentAnswer> WithdrawConsent(Guid consent);

    /// <summary>Requests for consent, waiting and ended ones, as stored JSON (see <c>ConsentRequest</c>) in the order in which they were made.</summary>
    [Alias("get-requests")]
    Task<ImmutableArray<string>> GetRequests();

    /// <summary>One request with the text that a decision on it must rest on, worded now by the rule book in force.</summary>
    [Alias("describe-request")]
    Task<RequestTextAnswer> DescribeRequest(Guid request, string language);

    /// <summary>Decides a waiting request; repeating the operation key with the same content gives the first answer again.</summary>
    [Alias("decide-request")]
    Task<ConsentAnswer> DecideRequest(RequestDecisionCall call);

    /// <summary>
    /// Makes a one-time code for parts of a document; repeating the operation key with the same content gives the presentation as it now stands, and its
    /// code again.
    /// </summary>
    [Alias("make-presentation")]
    Task<PresentationAnswer> MakePresentation(PresentationCall call);

    /// <summary>A presentation as it now stands, without its code.</summary>
    [Alias("get-presentation")]
    Task<PresentationAnswer> GetPresentation(Guid presentation);

    /// <summary>Takes a waiting presentation back; one that has ended stays as it is.</summary>
    [Alias("withdraw-presentation")]
    Task<PresentationAnswer> WithdrawPresentation(Guid presentation);

    /// <summary>Says that something is wrong, or asks why; repeating the operation key with the same content gives the first answer again.</summary>
    [Alias("open-report")]
    Task<ReportAnswer> OpenReport(ReportCall call);

    /// <summary>Up to <paramref name="count"/> (1 to 500) ledger entries after a position, oldest first.</summary>
    [Alias("get-ledger")]
    Task<LedgerPage> GetLedger(long after, int count);
}

/// <summary>What authoritative sources may do; the grain key is the 12-digit personal ID.</summary>
[Alias("citizen-sources"), GrainInterfaceType("citizen-sources")]
public interface ICitizenSources : IGrainWithStringKey
{
    /// <summary>Takes in a document; the same issuer version again changes nothing, an older one is refused.</summary>
    [Alias("put-document")]
    Task<PutDocumentAnswer> PutDocument(PutDocumentCall call);
}

/// <summary>A citizen's decision on a recipient and a purpose.</summary>
[GenerateSerializer, Immutable, Alias("consent-call")]
public sealed record ConsentCall
{
    /// <summary>The caller's idempotency key, at most 100 characters.</summary>
    [Id(0)]
    public required string OperationKey { get; init; }

    /// <summary>Organisation id.</summary>
    [Id(1)]
    public required string Recipient { get; init; }

    /// <summary>Purpose code.</summary>
    [Id(2)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names.</summary>
    [Id(3)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>True to grant, false to record a refusal.</summary>
    [Id(4)]
    public required bool Granted { get; init; }

    /// <summary>First instant at which it counts; null for now.</summary>
    [Id(5)]
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>First instant at which it no longer counts.</summary>
    [Id(6)]
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>Uses per period; null for no limit.</summary>
    [Id(7)]
    public int? LimitCount { get; init; }

    /// <summary>Period of the limit.</summary>
    [Id(8)]
    public Period? LimitPer { get; init; }

    /// <summary>Days for which the recipient may keep the data.</summary>
    [Id(9)]
    public required int DataLifeDays { get; init; }

    /// <summary>Channel.</summary>
    [Id(10)]
    public required string Channel { get; init; }

    /// <summary>e-ID level of the session.</summary>
    [Id(11)]
    public required int IdentityLevel { get; init; }

    /// <summary>Version of the text shown.</summary>
    [Id(12)]
    public required string TextVersion { get; init; }

    /// <summary>Language of the text shown.</summary>
    [Id(13)]
    public required string Language { get; init; }

    /// <summary>SHA-256 of the text shown, lower-case hexadecimal.</summary>
    [Id(14)]
    public required string TextHash { get; init; }

    /// <summary>The text itself, at most 20,000 characters, where the channel has it; its hash must be <see cref="TextHash"/>. It is kept in the ledger.</summary>
    [Id(15)]
    public string? Text { get; init; }

    /// <summary>In a ward's session: the representative's approval of this very consent, taken by the ward's account.</summary>
    [Id(16)]
    public string? RepresentativeApproval { get; init; }

    /// <summary>Who decides, where it is not the citizen alone; set by the account.</summary>
    [Id(17)]
    public ConsentGiver? GivenBy { get; init; }
}

/// <summary>The consent as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("consent-answer")]
public sealed record ConsentAnswer
{
    /// <summary>The consent as stored JSON (see <c>Consent</c>), if there is one.</summary>
    [Id(0)]
    public string? Consent { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(1)]
    public string? Refusal { get; init; }
}

/// <summary>A page of a citizen's ledger.</summary>
[GenerateSerializer, Immutable, Alias("ledger-page")]
public sealed record LedgerPage
{
    /// <summary>Entries in order.</summary>
    [Id(0)]
    public required ImmutableArray<LedgerEntryView> Entries { get; init; }

    /// <summary>Position of the newest entry of the whole ledger.</summary>
    [Id(1)]
    public required long HeadSeq { get; init; }
}

/// <summary>One ledger entry with everything that its hash covers.</summary>
[GenerateSerializer, Immutable, Alias("ledger-entry")]
public sealed record LedgerEntryView
{
    /// <summary>Position.</summary>
    [Id(0)]
    public required long Seq { get; init; }

    /// <summary>Identity.</summary>
    [Id(1)]
    public required Guid Id { get; init; }

    /// <summary>Kind.</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>When (UTC).</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Tag.</summary>
    [Id(4)]
    public required string Tag { get; init; }

    /// <summary>Body as hashed JSON text.</summary>
    [Id(5)]
    public required string Body { get; init; }

    /// <summary>Hash of the entry before, lower-case hexadecimal.</summary>
    [Id(6)]
    public required string PrevHash { get; init; }

    /// <summary>Hash, lower-case hexadecimal.</summary>
    [Id(7)]
    public required string Hash { get; init; }
}

/// <summary>A document pushed by its source; names and forms were checked by the caller.</summary>
[GenerateSerializer, Immutable, Alias("put-document-call")]
public sealed record PutDocumentCall
{
    /// <summary>The authenticated system.</summary>
    [Id(0)]
    public required string System { get; init; }

    /// <summary>The document as stored JSON (see <c>Document</c>); its provenance version is the issuer's version.</summary>
    [Id(1)]
    public required string Document { get; init; }
}

/// <summary>What became of a pushed document.</summary>
[GenerateSerializer, Immutable, Alias("put-document-answer")]
public sealed record PutDocumentAnswer
{
    /// <summary>False if the record already held exactly this version.</summary>
    [Id(0)]
    public required bool Changed { get; init; }

    /// <summary>The issuer version now held.</summary>
    [Id(1)]
    public required long HeldVersion { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(2)]
    public string? Refusal { get; init; }
}
