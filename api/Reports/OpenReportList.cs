using System.Collections.Immutable;
using Platform.Api.Me;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;

namespace Platform.Api.Reports;

/// <summary>A page of open reports, oldest first.</summary>
sealed record OpenReportList
{
    /// <summary>The reports; fewer than asked for where some were answered meanwhile.</summary>
    public required ImmutableArray<OpenReportItem> Items { get; init; }

    /// <summary>To be sent as after for the next page; null at the end.</summary>
    public required Guid? Next { get; init; }

    public static OpenReportList From(OpenReportPage page, RuleBook book) => new()
    {
        Items = [.. page.Items.Select(item => OpenReportItem.From(item, book))],
        Next = page.Next,
    };
}

/// <summary>A report without an answer.</summary>
sealed record OpenReportItem
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Correction or question.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What it is about, in words.</summary>
    public required LocalText About { get; init; }

    /// <summary>The citizen's words.</summary>
    public required string Text { get; init; }

    /// <summary>What it should be, where the citizen said.</summary>
    public required string? Proposed { get; init; }

    /// <summary>For a correction: what is held now, one value for each field or document; empty where nothing is held any more.</summary>
    public required ImmutableArray<ReportedField> CurrentValue { get; init; }

    /// <summary>The citizen's number, masked.</summary>
    public required string PersonMasked { get; init; }

    public static OpenReportItem From(OpenReport item, RuleBook book) => new()
    {
        Id = item.Report.Id,
        Kind = item.Report.Kind,
        OpenedAt = item.Report.OpenedAt,
        About = ReportSubject.Of(item.Report, book),
        Text = item.Report.Text,
        Proposed = item.Report.Proposed,
        CurrentValue = [.. item.Held.Select(ReportedField.From)],
        PersonMasked = item.Masked,
    };
}

/// <summary>A value that a correction is about.</summary>
sealed record ReportedField
{
    /// <summary>Path in the catalogue.</summary>
    public required string Path { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>The value in canonical text.</summary>
    public required string Text { get; init; }

    public static ReportedField From(ReportedValue value) =>
        new() { Path = value.Path, Label = AttributeCatalogue.Shipped.Label(value.Path), Text = value.Text };
}
