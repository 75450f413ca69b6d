using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>Reports without an answer, oldest first.</summary>
public sealed record OpenReportPage
{
    public required ImmutableArray<OpenReport> Items { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public Guid? Next { get; init; }
}

/// <summary>What a citizen reports, as an officer sees it: personal numbers are masked.</summary>
public sealed record OpenReport
{
    public required Guid Id { get; init; }

    /// <summary><c>correction</c> or <c>accessQuestion</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required LocalText About { get; init; }

    public required string Text { get; init; }

    /// <summary>What it should be, if the citizen said.</summary>
    public string? Proposed { get; init; }

    /// <summary>For a correction: what is held now.</summary>
    public ImmutableArray<ReportedField> CurrentValue { get; init; } = [];

    public required string PersonMasked { get; init; }

    public bool IsQuestion => Kind == "accessQuestion";
}

/// <summary>A value that a correction is about.</summary>
public sealed record ReportedField
{
    public required LocalText Label { get; init; }

    public required string Text { get; init; }
}
