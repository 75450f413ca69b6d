using System.Collections.Immutable;
using Platform.Domain.Consents;

namespace Platform.Contracts;

/// <summary>Requests for consent by their identity alone, for the system that made them; stateless, any key.</summary>
[Alias("consent-request-desk"), GrainInterfaceType("consent-request-desk")]
public interface IConsentRequestDesk : IGrainWithIntegerKey
{
    /// <summary>A request of the system as it now stands.</summary>
    [Alias("find")]
    Task<ConsentRequestAnswer> Find(string system, Guid request);

    /// <summary>Takes a waiting request back; repeating it changes nothing.</summary>
    [Alias("cancel")]
    Task<ConsentRequestAnswer> Cancel(string system, Guid request);
}

/// <summary>A sector system's request for consent; names and forms were checked by the caller.</summary>
[GenerateSerializer, Immutable, Alias("consent-request-call")]
public sealed record ConsentRequestCall
{
    /// <summary>The system's idempotency key, at most 100 characters.</summary>
    [Id(0)]
    public required string OperationKey { get; init; }

    /// <summary>The authenticated system.</summary>
    [Id(1)]
    public required string System { get; init; }

    /// <summary>Purpose code.</summary>
    [Id(2)]
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names, each once.</summary>
    [Id(3)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>For how many days from the decision the consent is to count.</summary>
    [Id(4)]
    public required int Days { get; init; }

    /// <summary>For how many days the recipient wants to keep the data.</summary>
    [Id(5)]
    public required int DataLifeDays { get; init; }

    /// <summary>Uses per period; null for no limit.</summary>
    [Id(6)]
    public int? LimitCount { get; init; }

    /// <summary>Period of the limit.</summary>
    [Id(7)]
    public Period? LimitPer { get; init; }

    /// <summary>Case or dossier reference.</summary>
    [Id(8)]
    public string? CaseReference { get; init; }

    /// <summary>What the system tells the citizen in its own words.</summary>
    [Id(9)]
    public string? Note { get; init; }
}

/// <summary>The request as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("consent-request-answer")]
public sealed record ConsentRequestAnswer
{
    /// <summary>The request as stored JSON (see <c>ConsentRequest</c>), if there is one.</summary>
    [Id(0)]
    public string? Request { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(1)]
    public string? Refusal { get; init; }
}

/// <summary>A request with its text, or why not.</summary>
[GenerateSerializer, Immutable, Alias("request-text-answer")]
public sealed record RequestTextAnswer
{
    /// <summary>The request as stored JSON (see <c>ConsentRequest</c>), if there is one.</summary>
    [Id(0)]
    public string? Request { get; init; }

    /// <summary>The text; null where the request no longer waits or the rule book in force no longer has its system or purpose.</summary>
    [Id(1)]
    public string? Text { get; init; }

    /// <summary>Version of the wording.</summary>
    [Id(2)]
    public string? TextVersion { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(3)]
    public string? Refusal { get; init; }
}

/// <summary>The citizen's decision on a request for consent.</summary>
[GenerateSerializer, Immutable, Alias("request-decision-call")]
public sealed record RequestDecisionCall
{
    /// <summary>The caller's idempotency key, at most 100 characters.</summary>
    [Id(0)]
    public required string OperationKey { get; init; }

    /// <summary>The request.</summary>
    [Id(1)]
    public required Guid Request { get; init; }

    /// <summary>True to grant what was chosen, false to refuse all.</summary>
    [Id(2)]
    public required bool Granted { get; init; }

    /// <summary>Of the targets asked for, those that are granted; none if refused.</summary>
    [Id(3)]
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Channel.</summary>
    [Id(4)]
    public required string Channel { get; init; }

    /// <summary>e-ID level of the session.</summary>
    [Id(5)]
    public required int IdentityLevel { get; init; }

    /// <summary>Language of the text shown.</summary>
    [Id(6)]
    public required string Language { get; init; }

    /// <summary>SHA-256 of the text shown, lower-case hexadecimal; it must be the text that belongs to the request now.</summary>
    [Id(7)]
    public required string TextHash { get; init; }
}
