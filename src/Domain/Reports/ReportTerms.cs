namespace Platform.Domain.Reports;

/// <summary>What a citizen reports (Law 91/2025/QH15 art. 4: to see, to correct, to be told how data is processed).</summary>
public enum ReportKind
{
    /// <summary>Something held about the citizen is wrong.</summary>
    Correction = 1,

    /// <summary>Why somebody had, or tried to have, access.</summary>
    AccessQuestion = 2,
}

/// <summary>How an official settled a report.</summary>
public enum ReportOutcome
{
    /// <summary>The source was found wrong and corrects it.</summary>
    Corrected = 1,

    /// <summary>What is held is right, or cannot be corrected here.</summary>
    NotCorrected = 2,

    /// <summary>A question was answered.</summary>
    Explained = 3,
}

/// <summary>Which settlements fit which report.</summary>
public static class ReportTerms
{
    /// <summary>Open reports that a citizen may have.</summary>
    public const int MostOpen = 20;

    /// <summary>A question is explained; a correction is made or not made.</summary>
    public static bool Fits(ReportKind kind, ReportOutcome outcome) => (kind == ReportKind.AccessQuestion) == (outcome == ReportOutcome.Explained);
}
