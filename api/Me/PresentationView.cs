using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Presentations;

namespace Platform.Api.Me;

/// <summary>A presentation of a document as the citizen sees it.</summary>
sealed record PresentationView
{
    /// <summary>Identity of the presentation.</summary>
    public required Guid Id { get; init; }

    /// <summary>Waiting, shown, expired or withdrawn.</summary>
    public required PresentationState State { get; init; }

    /// <summary>First instant at which the code no longer counts.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was shown, if it was.</summary>
    public required DateTimeOffset? ShownAt { get; init; }

    /// <summary>Kind of the document.</summary>
    public required Named Document { get; init; }

    /// <summary>What is shown, besides kind and state of the document.</summary>
    public required ImmutableArray<Named> Shown { get; init; }

    public static PresentationView From(DocumentPresentation presentation) => new()
    {
        Id = presentation.Id,
        State = presentation.State,
        Until = presentation.Until,
        ShownAt = presentation.State == PresentationState.Shown ? presentation.EndedAt : null,
        Document = DocumentName(presentation.Kind),
        Shown = [.. presentation.Attributes.Select(path => Named.Of(path, AttributeCatalogue.Shipped.Label(path)))],
    };

    public static Named DocumentName(string kind) =>
        Named.Of(kind, AttributeCatalogue.Shipped.DocumentKinds.TryGetValue(kind, out var group) ? new LocalText { Vi = group.Vi, En = group.En } : null);
}

/// <summary>A presentation that was just made, with the code that opens it.</summary>
sealed record PresentationMade
{
    /// <summary>Identity of the presentation.</summary>
    public required Guid Id { get; init; }

    /// <summary>The code, 26 characters: told to its maker alone and kept nowhere. It opens the presentation once.</summary>
    public required string Code { get; init; }

    /// <summary>First instant at which the code no longer counts.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What is shown, besides kind and state of the document.</summary>
    public required ImmutableArray<Named> Shown { get; init; }

    public static PresentationMade From(PresentationView view, string code) => new() { Id = view.Id, Code = code, Until = view.Until, Shown = view.Shown };
}
