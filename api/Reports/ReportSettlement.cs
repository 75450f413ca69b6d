using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Me;
using Platform.Contracts;
using Platform.Domain.Reports;

namespace Platform.Api.Reports;

/// <summary>An official's answer.</summary>
sealed record ReportSettlement : IChecked
{
    public static string? LinesAt => ReportTexts.Pointer;

    /// <summary>For the citizen to read; line feeds are allowed.</summary>
    [MinLength(1), MaxLength(ReportTexts.Longest)]
    public required string Text { get; init; }

    /// <summary>How it is settled.</summary>
    public required ReportOutcome Outcome { get; init; }

    public void Check(InputCheck check) => ReportTexts.Check(Text, check);

    public AnswerReportCall ToCall(Guid report, string operationKey, ReportOfficial official) => new()
    {
        Report = report,
        OperationKey = operationKey,
        Official = official,
        Text = Text,
        Outcome = Outcome,
    };
}

/// <summary>A report that was answered.</summary>
sealed record AnsweredReport
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>The answer as the citizen reads it.</summary>
    public required ReportAnswered Answer { get; init; }

    public static AnsweredReport From(ReportView report) => new() { Id = report.Id, Answer = ReportAnswered.From(report.Reply)! };
}
