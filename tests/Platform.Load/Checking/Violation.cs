using System.Collections.Immutable;
using Platform.Load.Histories;

namespace Platform.Load.Checking;

/// <summary>What cannot have happened, with the fewest operations and ledger positions that show it.</summary>
/// <param name="Rule">Stable name of the rule that was broken.</param>
/// <param name="Citizen">Index of the citizen; none where the ledger is of nobody in the history.</param>
/// <param name="What">A sentence.</param>
/// <param name="Operations">The operations that together show it.</param>
/// <param name="Positions">The positions in the citizen's ledger that show it.</param>
internal sealed record Violation(string Rule, int? Citizen, string What, ImmutableArray<Operation> Operations, ImmutableArray<long> Positions)
{
    public static Violation Of(string rule, string what, params ReadOnlySpan<Operation> operations) =>
        new(rule, operations[0].Citizen, what, [.. operations], []);
}

/// <summary>A citizen whose history was neither shown to be right nor wrong, and why.</summary>
internal sealed record Undecided(int Citizen, string Why);
