namespace Platform.Portal.Api.Shapes;

/// <summary>Something that the person found wrong, or asked about, with the answer.</summary>
public sealed record Report
{
    public required Guid Id { get; init; }

    /// <summary><c>correction</c> or <c>accessQuestion</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>open</c> or <c>answered</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required LocalText About { get; init; }

    public Guid? Access { get; init; }

    public required string Text { get; init; }

    public string? Proposed { get; init; }

    public ReportAnswer? Answer { get; init; }
}

/// <summary>An official's answer.</summary>
public sealed record ReportAnswer
{
    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    public required string Role { get; init; }

    /// <summary><c>corrected</c>, <c>notCorrected</c> or <c>explained</c>.</summary>
    public required string Outcome { get; init; }
}
