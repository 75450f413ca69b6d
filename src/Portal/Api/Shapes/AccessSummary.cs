using System.Collections.Immutable;

namespace Platform.Portal.Api.Shapes;

/// <summary>All accesses in numbers.</summary>
public sealed record AccessSummary
{
    public required int Total { get; init; }

    /// <summary>Those of which nothing was released.</summary>
    public required int Denied { get; init; }

    /// <summary>Newest first; months without any are left out.</summary>
    public required ImmutableArray<AccessMonth> Months { get; init; }

    public required ImmutableArray<AccessOrganisation> Organisations { get; init; }
}

/// <summary>One month of Việt Nam in numbers.</summary>
public sealed record AccessMonth
{
    /// <summary><c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    public required int Permitted { get; init; }

    public required int PartlyPermitted { get; init; }

    public required int Denied { get; init; }

    public int Total => Permitted + PartlyPermitted + Denied;
}

/// <summary>One organisation in numbers.</summary>
public sealed record AccessOrganisation
{
    public required Named Organisation { get; init; }

    public required int Count { get; init; }

    public required int Denied { get; init; }

    public required DateTimeOffset LastAt { get; init; }
}
