using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>An integrated document.</summary>
public sealed record HeldDocument
{
    public required string Kind { get; init; }

    public required LocalText Label { get; init; }

    public required string Number { get; init; }

    public required string Issuer { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary><c>valid</c>, <c>suspended</c>, <c>revoked</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    public required LocalText SourceLabel { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required long IssuerVersion { get; init; }

    public required ImmutableArray<RecordField> Attributes { get; init; }

    /// <summary>True within the last thirty days of validity.</summary>
    public bool ExpiresSoon(DateOnly today) => State == "valid" && ValidTo is { } end && end.DayNumber - today.DayNumber <= 30;
}
