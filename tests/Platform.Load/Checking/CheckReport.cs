using System.Collections.Immutable;

namespace Platform.Load.Checking;

/// <summary>The result of a check.</summary>
/// <param name="Operations">Operations looked at.</param>
/// <param name="Citizens">Citizens they are about.</param>
/// <param name="Entries">Ledger entries of the run that were compared; none without a database.</param>
/// <param name="Unanswered">Entries that attempts without an answer left.</param>
/// <param name="Violations">What cannot have happened.</param>
/// <param name="Undecided">Of whom it could not be told.</param>
internal sealed record CheckReport(
    int Operations, int Citizens, int? Entries, int? Unanswered, ImmutableArray<Violation> Violations, ImmutableArray<Undecided> Undecided)
{
    public const int Clean = 0;
    public const int Violated = 1;
    public const int NotDecided = 3;

    public int ExitCode => !Violations.IsEmpty ? Violated : !Undecided.IsEmpty ? NotDecided : Clean;
}
