using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Portal.Api.Shapes;

/// <summary>A presentation as it was made; the code is told this once.</summary>
public sealed record MadePresentation
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required DateTimeOffset Until { get; init; }
}

/// <summary>Where a presentation stands.</summary>
public sealed record PresentationState
{
    public required Guid Id { get; init; }

    /// <summary><c>waiting</c>, <c>shown</c>, <c>expired</c> or <c>withdrawn</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>Kind of the document.</summary>
    public required Named Document { get; init; }

    /// <summary>What was chosen.</summary>
    public required ImmutableArray<Named> Shown { get; init; }
}

/// <summary>What whoever has the code gets to see, once.</summary>
public sealed record ShownPresentation
{
    public required DateTimeOffset ShownAt { get; init; }

    public required LocalText Document { get; init; }

    /// <summary>State of the document now.</summary>
    public required string State { get; init; }

    public required ImmutableArray<ShownValue> Values { get; init; }
}

/// <summary>A value that was chosen to be shown.</summary>
public sealed record ShownValue
{
    public required LocalText Label { get; init; }

    /// <summary>Type in the catalogue, such as <c>date</c>.</summary>
    public required string Type { get; init; }

    public required JsonElement Value { get; init; }

    public LocalText? Text { get; init; }
}
