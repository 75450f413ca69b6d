using System.Collections.Immutable;
using Platform.Load.Checking;
using Platform.Load.Open.Results;

namespace Platform.Load.Faults.Results;

/// <summary>What one fault came to.</summary>
internal sealed record FaultReport
{
    public required string Name { get; init; }

    public required string What { get; init; }

    /// <summary>From begin to end.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>From shortly before the begin until full service: what was asked, and what became of it.</summary>
    public required PhaseSummary Phase { get; init; }

    /// <summary>The longest that one citizen was asked about or asked, and nothing succeeded.</summary>
    public required TimeSpan LongestForCitizen { get; init; }

    /// <summary>How long that may be.</summary>
    public required TimeSpan MayRefuse { get; init; }

    /// <summary>Whether one retry was to hide everything.</summary>
    public required bool HidesEverything { get; init; }

    /// <summary>From the end until the last failure; none if service did not come back in time.</summary>
    public required TimeSpan? FullServiceAfter { get; init; }

    /// <summary>Processes that were started again because they had ended.</summary>
    public required ImmutableArray<string> Restarts { get; init; }

    public required CheckReport Check { get; init; }

    /// <summary>Whether nothing was lost, nothing leaked and nothing is undecided.</summary>
    public bool IsCorrect => Check.ExitCode == CheckReport.Clean;

    /// <summary>Whether people noticed no more than they may.</summary>
    public bool IsWithinTerms => FullServiceAfter is not null && LongestForCitizen <= MayRefuse && (!HidesEverything || Phase.Failed == 0);
}

/// <summary>What a whole run came to.</summary>
internal sealed record FaultRunReport(int Seed, ImmutableArray<FaultReport> Faults, ImmutableArray<string> Skipped, string Ledgers, bool LedgersVerify)
{
    public bool IsGood => LedgersVerify && Faults.All(fault => fault.IsCorrect && fault.IsWithinTerms);
}
