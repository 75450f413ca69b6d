using System.Collections.Immutable;

namespace Platform.Domain.Consents;

/// <summary>Where a request for consent stands.</summary>
public enum ConsentRequestState
{
    /// <summary>The citizen has not decided yet.</summary>
    Waiting = 1,

    /// <summary>The citizen granted at least one of the targets.</summary>
    Granted = 2,

    /// <summary>The citizen refused.</summary>
    Refused = 3,

    /// <summary>Nobody decided in time, which is no consent (Law 91/2025/QH15 art. 9: silence is none).</summary>
    Expired = 4,

    /// <summary>The system took it back.</summary>
    Cancelled = 5,
}

/// <summary>What a sector system asks a citizen to consent to; it opens nothing until the citizen has decided.</summary>
public sealed record ConsentRequest
{
    /// <summary>Identity of the request and of the ledger entry that it was made with; version 7, so ordered by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>The asking system.</summary>
    public required string System { get; init; }

    /// <summary>The organisation that would receive, by its id in the rule book when it was asked.</summary>
    public required string Organisation { get; init; }

    /// <summary>Purpose code.</summary>
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicate names asked for, in ordinal order.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>For how many days from the decision the consent is to count.</summary>
    public required int Days { get; init; }

    /// <summary>For how many days the recipient wants to keep what it receives.</summary>
    public required int DataLifeDays { get; init; }

    /// <summary>How often the consent may be used, or null for no limit.</summary>
    public FrequencyLimit? Limit { get; init; }

    /// <summary>Case or dossier that it belongs to.</summary>
    public string? CaseReference { get; init; }

    /// <summary>What the system wants to tell the citizen, in its own words.</summary>
    public string? Note { get; init; }

    /// <summary>When it was asked (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>First instant (UTC) at which it no longer waits.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Where it stands as stored; a waiting one expires by itself, see <see cref="At"/>.</summary>
    public ConsentRequestState State { get; init; } = ConsentRequestState.Waiting;

    /// <summary>When it stopped waiting (UTC).</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The consent, granted or refused, that the citizen's decision made.</summary>
    public Guid? Consent { get; init; }

    /// <summary>Of the targets, those that the citizen granted.</summary>
    public ImmutableArray<string> Chosen { get; init; } = [];

    /// <summary>The request as it stands at an instant.</summary>
    public ConsentRequest At(DateTimeOffset now) =>
        State == ConsentRequestState.Waiting && Until <= now ? this with { State = ConsentRequestState.Expired, EndedAt = Until } : this;
}
