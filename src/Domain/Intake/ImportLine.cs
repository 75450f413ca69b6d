namespace Platform.Domain.Intake;

/// <summary>One line of an import file: a row, or else a stable error code and a reason in words that repeats nothing of what the line says.</summary>
/// <param name="Number">Number of the line in the file, the first being 1; of a CSV record over several lines the first of them.</param>
/// <param name="Row">What was read, or null if the line is refused.</param>
/// <param name="ErrorCode">One of <see cref="ImportErrors"/>, or null.</param>
/// <param name="ErrorReason">The reason in words, or null.</param>
public sealed record ImportLine(long Number, ImportRow? Row, string? ErrorCode, string? ErrorReason);
