using Platform.Contracts;
using Platform.Domain.Reports;

namespace Platform.Silo.Reports;

/// <summary>Body of the entry with which a citizen makes a report.</summary>
public sealed record ReportOpenedBody(ReportKind Kind, string Text, string OperationKey)
{
    /// <summary>Path of the attribute, if it is about one.</summary>
    public string? Attribute { get; init; }

    /// <summary>The document, if it is about one.</summary>
    public ReportedDocument? Document { get; init; }

    /// <summary>The access, if it is about one.</summary>
    public ReportedEntry? Access { get; init; }

    /// <summary>What it should be, if the citizen said.</summary>
    public string? Proposed { get; init; }
}

/// <summary>The document that a report is about.</summary>
public sealed record ReportedDocument(string Kind, string Number);

/// <summary>The access that a question is about, with what names it to people.</summary>
public sealed record ReportedEntry(Guid Id, DateTimeOffset At, AccessKind Kind, string Source, string? SourceName);

/// <summary>Body of the entry about an official who read an open report; the reader is a digest, so that one official is entered once.</summary>
public sealed record ReportReadBody(Guid Report, string Official, string Role, string Reader);

/// <summary>Body of the entry with which an official answers.</summary>
public sealed record ReportAnsweredBody(Guid Report, ReportOutcome Outcome, string Text, string Official, string Role, string OperationKey);
