using System.Collections.Immutable;

namespace Platform.Domain.Sharing;

/// <summary>What a sector system asks about one citizen, as it is decided and recorded.</summary>
public sealed record DisclosureRequest
{
    /// <summary>Identity of the disclosure, also of its ledger entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>The authenticated sector system.</summary>
    public required string System { get; init; }

    /// <summary>The coded purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>Attribute paths and predicates such as <c>age.atLeast(18)</c>, in the order asked, each once.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Reference of the case or dossier, if given.</summary>
    public string? CaseReference { get; init; }

    /// <summary>The official on whose behalf the system asks, if named.</summary>
    public Official? Official { get; init; }
}

/// <summary>The official behind a request; the number is recorded masked only.</summary>
public sealed record Official
{
    /// <summary>The official's reference: masked personal ID or staff code.</summary>
    public required string Reference { get; init; }

    /// <summary>The role in which the official acts.</summary>
    public required string Role { get; init; }

    /// <summary>The unit the official works in.</summary>
    public string? Unit { get; init; }

    /// <summary>e-ID level with which the official is logged in, 1 or 2, if stated.</summary>
    public int? IdentityLevel { get; init; }
}
