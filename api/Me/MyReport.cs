using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Reports;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>Where a report stands.</summary>
enum ReportState
{
    /// <summary>Waiting for an official.</summary>
    Open = 1,

    /// <summary>Answered.</summary>
    Answered = 2,
}

/// <summary>A report of the citizen.</summary>
sealed record MyReport
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Correction or question.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>Open or answered.</summary>
    public required ReportState State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What it is about, in words.</summary>
    public required LocalText About { get; init; }

    /// <summary>The attribute, if it is about one.</summary>
    public required string? Attribute { get; init; }

    /// <summary>The document, if it is about one.</summary>
    public required DocumentReference? Document { get; init; }

    /// <summary>The access, if it is about one.</summary>
    public required Guid? Access { get; init; }

    /// <summary>The citizen's words.</summary>
    public required string Text { get; init; }

    /// <summary>What it should be, where the citizen said.</summary>
    public required string? Proposed { get; init; }

    /// <summary>The official's answer.</summary>
    public required ReportAnswered? Answer { get; init; }

    public static MyReport From(ReportView report, RuleBook book) => new()
    {
        Id = report.Id,
        Kind = report.Kind,
        State = report.Reply is null ? ReportState.Open : ReportState.Answered,
        OpenedAt = report.OpenedAt,
        About = ReportSubject.Of(report, book),
        Attribute = report.Attribute,
        Document = report is { DocumentKind: { } kind, DocumentNumber: { } number } ? new DocumentReference { Kind = kind, Number = number } : null,
        Access = report.Access?.Id,
        Text = report.Text,
        Proposed = report.Proposed,
        Answer = ReportAnswered.From(report.Reply),
    };
}

/// <summary>An official's answer to a report.</summary>
sealed record ReportAnswered
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The official's words.</summary>
    public required string Text { get; init; }

    /// <summary>Role in which the official answered.</summary>
    public required string Role { get; init; }

    /// <summary>How it was settled.</summary>
    public required ReportOutcome Outcome { get; init; }

    public static ReportAnswered? From(ReportReply? reply) =>
        reply is null ? null : new ReportAnswered { At = reply.At, Text = reply.Text, Role = reply.Role, Outcome = reply.Outcome };
}
