using System.Collections.Immutable;
using Platform.Domain.Reports;

namespace Platform.Contracts;

/// <summary>What officials do with one citizen's reports; the grain key is the 12-digit personal ID. Asked by the queue only.</summary>
[Alias("citizen-reports"), GrainInterfaceType("citizen-reports")]
public interface ICitizenReports : IGrainWithStringKey
{
    /// <summary>An open report with what is held about its subject; null once it is answered. The first reading of each official is entered in the citizen's ledger before it answers.</summary>
    [Alias("read-report")]
    Task<OpenReport?> ReadReport(Guid report, ReportOfficial official);

    /// <summary>Settles a report; repeating the operation key with the same content gives the first answer again.</summary>
    [Alias("answer-report")]
    Task<ReportAnswer> AnswerReport(AnswerReportCall call);
}

/// <summary>Open reports of all citizens, for officials who may not know whose they are; stateless, any key.</summary>
[Alias("report-queue"), GrainInterfaceType("report-queue")]
public interface IReportQueue : IGrainWithIntegerKey
{
    /// <summary>Up to <paramref name="count"/> (1 to 100) open reports after one, oldest first; the official's own are left out.</summary>
    [Alias("get-open")]
    Task<OpenReportPage> GetOpen(int count, Guid? after, ReportOfficial official);

    /// <summary>Settles a report, whose ever it is.</summary>
    [Alias("answer")]
    Task<ReportAnswer> Answer(AnswerReportCall call);
}

/// <summary>A citizen's report; names and forms were checked by the caller.</summary>
[GenerateSerializer, Immutable, Alias("report-call")]
public sealed record ReportCall
{
    /// <summary>The caller's idempotency key, at most 100 characters.</summary>
    [Id(0)]
    public required string OperationKey { get; init; }

    /// <summary>Correction or question.</summary>
    [Id(1)]
    public required ReportKind Kind { get; init; }

    /// <summary>For a correction of an attribute: its path.</summary>
    [Id(2)]
    public string? Attribute { get; init; }

    /// <summary>For a correction of a document: its kind.</summary>
    [Id(3)]
    public string? DocumentKind { get; init; }

    /// <summary>Number of the document.</summary>
    [Id(4)]
    public string? DocumentNumber { get; init; }

    /// <summary>For a question: the ledger entry of the access.</summary>
    [Id(5)]
    public Guid? Access { get; init; }

    /// <summary>What the citizen says, 1 to 2,000 characters.</summary>
    [Id(6)]
    public required string Text { get; init; }

    /// <summary>What it should be, at most 500 characters.</summary>
    [Id(7)]
    public string? Proposed { get; init; }
}

/// <summary>A report as the ledger has it.</summary>
[GenerateSerializer, Immutable, Alias("report")]
public sealed record ReportView
{
    /// <summary>Identity, also of its ledger entry.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Correction or question.</summary>
    [Id(1)]
    public required ReportKind Kind { get; init; }

    /// <summary>When it was made (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Path of the attribute, if it is about one.</summary>
    [Id(3)]
    public string? Attribute { get; init; }

    /// <summary>Kind of the document, if it is about one.</summary>
    [Id(4)]
    public string? DocumentKind { get; init; }

    /// <summary>Number of the document.</summary>
    [Id(5)]
    public string? DocumentNumber { get; init; }

    /// <summary>The access, if it is about one.</summary>
    [Id(6)]
    public ReportedAccess? Access { get; init; }

    /// <summary>What the citizen says.</summary>
    [Id(7)]
    public required string Text { get; init; }

    /// <summary>What it should be, if the citizen said.</summary>
    [Id(8)]
    public string? Proposed { get; init; }

    /// <summary>The official's answer; null as long as it is open.</summary>
    [Id(9)]
    public ReportReply? Reply { get; init; }
}

/// <summary>The access that a question is about, as it was when the question was asked.</summary>
[GenerateSerializer, Immutable, Alias("reported-access")]
public sealed record ReportedAccess
{
    /// <summary>The ledger entry.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>When it was (UTC).</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    [Id(2)]
    public required AccessSource Source { get; init; }

    /// <summary>For a relying party: its name.</summary>
    [Id(3)]
    public string? SourceName { get; init; }
}

/// <summary>An official's answer to a report.</summary>
[GenerateSerializer, Immutable, Alias("report-reply")]
public sealed record ReportReply
{
    /// <summary>When (UTC).</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What the official says.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>Role in which the official acted.</summary>
    [Id(2)]
    public required string Role { get; init; }

    /// <summary>How it was settled.</summary>
    [Id(3)]
    public required ReportOutcome Outcome { get; init; }
}

/// <summary>The report as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("report-answer")]
public sealed record ReportAnswer
{
    /// <summary>The report, if there is one.</summary>
    [Id(0)]
    public ReportView? Report { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(1)]
    public string? Refusal { get; init; }
}

/// <summary>The official who reads or answers.</summary>
[GenerateSerializer, Immutable, Alias("report-official")]
public sealed record ReportOfficial
{
    /// <summary>The official's own personal ID (12 digits); recorded masked only.</summary>
    [Id(0)]
    public required string PersonalId { get; init; }

    /// <summary>The official's identifier in tokens, by which two officials with the same masked number are told apart.</summary>
    [Id(1)]
    public required string Subject { get; init; }

    /// <summary>Role.</summary>
    [Id(2)]
    public required string Role { get; init; }
}

/// <summary>An open report as officials see it: personal numbers in texts and values are masked.</summary>
[GenerateSerializer, Immutable, Alias("open-report")]
public sealed record OpenReport
{
    /// <summary>The report.</summary>
    [Id(0)]
    public required ReportView Report { get; init; }

    /// <summary>The citizen's number, masked.</summary>
    [Id(1)]
    public required string Masked { get; init; }

    /// <summary>For a correction: what is held now.</summary>
    [Id(2)]
    public ImmutableArray<ReportedValue> Held { get; init; } = [];
}

/// <summary>A value that a correction is about.</summary>
[GenerateSerializer, Immutable, Alias("reported-value")]
public sealed record ReportedValue
{
    /// <summary>Path in the catalogue.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>Canonical text.</summary>
    [Id(1)]
    public required string Text { get; init; }
}

/// <summary>Open reports in order, and where the next page begins.</summary>
[GenerateSerializer, Immutable, Alias("open-report-page")]
public sealed record OpenReportPage
{
    /// <summary>Oldest first.</summary>
    [Id(0)]
    public required ImmutableArray<OpenReport> Items { get; init; }

    /// <summary>The report to go on after; null at the end.</summary>
    [Id(1)]
    public Guid? Next { get; init; }
}

/// <summary>An official's answer to a report; forms were checked by the caller.</summary>
[GenerateSerializer, Immutable, Alias("answer-report-call")]
public sealed record AnswerReportCall
{
    /// <summary>The report.</summary>
    [Id(0)]
    public required Guid Report { get; init; }

    /// <summary>The caller's idempotency key, at most 100 characters.</summary>
    [Id(1)]
    public required string OperationKey { get; init; }

    /// <summary>Who answers.</summary>
    [Id(2)]
    public required ReportOfficial Official { get; init; }

    /// <summary>What the official says, 1 to 2,000 characters.</summary>
    [Id(3)]
    public required string Text { get; init; }

    /// <summary>How it is settled.</summary>
    [Id(4)]
    public required ReportOutcome Outcome { get; init; }
}
