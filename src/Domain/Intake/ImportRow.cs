using Platform.Domain.Citizens;

namespace Platform.Domain.Intake;

/// <summary>One line of an NDJSON import: a record, and for synthetic data the label of a planted error.</summary>
public sealed record ImportRow
{
    /// <summary>The record to take in; consents in it count as given in the past and enter the ledger with it.</summary>
    public required CitizenRecord Record { get; init; }

    /// <summary>Name of the error planted on purpose, such as <c>DOB_0101</c>; null in real data.</summary>
    public string? Label { get; init; }
}
