using System.Collections.Immutable;

namespace Platform.Domain.Presentations;

/// <summary>Where a presentation of a document stands.</summary>
public enum PresentationState
{
    /// <summary>Its code may be used.</summary>
    Waiting = 1,

    /// <summary>Its code was used, once.</summary>
    Shown = 2,

    /// <summary>Nobody used its code in time.</summary>
    Expired = 3,

    /// <summary>The citizen took it back, or the citizen's account was locked.</summary>
    Withdrawn = 4,
}

/// <summary>What a citizen lets the holder of a one-time code see of one document.</summary>
public sealed record DocumentPresentation
{
    /// <summary>Identity of the presentation and of the ledger entry that it was made with; derived from its code.</summary>
    public required Guid Id { get; init; }

    /// <summary>Kind of the document.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the document.</summary>
    public required string Number { get; init; }

    /// <summary>Exactly the attribute paths that are shown, in the order in which they were chosen; kind and state of the document always are.</summary>
    public required ImmutableArray<string> Attributes { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>First instant (UTC) at which its code no longer counts.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Where it stands as stored; a waiting one expires by itself, see <see cref="At"/>.</summary>
    public PresentationState State { get; init; } = PresentationState.Waiting;

    /// <summary>When it stopped waiting (UTC).</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The presentation as it stands at an instant.</summary>
    public DocumentPresentation At(DateTimeOffset now) =>
        State == PresentationState.Waiting && Until <= now ? this with { State = PresentationState.Expired, EndedAt = Until } : this;
}
