using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>All accesses in numbers.</summary>
sealed record AccessSummary
{
    const int MostMonths = 36;

    /// <summary>All of them, the denied ones too.</summary>
    public required int Total { get; init; }

    /// <summary>Those of which nothing was released.</summary>
    public required int Denied { get; init; }

    /// <summary>By month of Vietnam, newest first, at most 36; months without any are left out.</summary>
    public required ImmutableArray<AccessMonth> Months { get; init; }

    /// <summary>By organisation, the latest first.</summary>
    public required ImmutableArray<AccessOrganisation> Organisations { get; init; }

    public static AccessSummary From(ImmutableArray<AccessTally> tallies, RuleBook book) => new()
    {
        Total = tallies.Sum(tally => tally.Count),
        Denied = CountOf(tallies, Outcome.Denied),
        Months = [.. tallies.GroupBy(tally => tally.Month).OrderByDescending(month => month.Key, StringComparer.Ordinal).Take(MostMonths).Select(AccessMonth.From)],
        Organisations =
        [
            .. tallies
                .Select(tally => (tally, AccessNames.Of(tally.Source, tally.SourceName, book).Organisation))
                .GroupBy(pair => pair.Organisation.Key, pair => pair)
                .Select(group => AccessOrganisation.From(group.First().Organisation, [.. group.Select(pair => pair.tally)]))
                .OrderByDescending(organisation => organisation.LastAt)
                .ThenBy(organisation => organisation.Organisation.Key, StringComparer.Ordinal),
        ],
    };

    internal static int CountOf(IEnumerable<AccessTally> tallies, Outcome outcome) => tallies.Where(tally => tally.Outcome == outcome).Sum(tally => tally.Count);
}

/// <summary>One month in numbers.</summary>
sealed record AccessMonth
{
    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Everything asked for was released.</summary>
    public required int Permitted { get; init; }

    /// <summary>Some of it was.</summary>
    public required int PartlyPermitted { get; init; }

    /// <summary>Nothing was.</summary>
    public required int Denied { get; init; }

    public static AccessMonth From(IGrouping<string, AccessTally> month) => new()
    {
        Month = month.Key,
        Permitted = AccessSummary.CountOf(month, Outcome.Permitted),
        PartlyPermitted = AccessSummary.CountOf(month, Outcome.PartlyPermitted),
        Denied = AccessSummary.CountOf(month, Outcome.Denied),
    };
}

/// <summary>One organisation in numbers.</summary>
sealed record AccessOrganisation
{
    /// <summary>The organisation; its key filters the list of accesses.</summary>
    public required Named Organisation { get; init; }

    /// <summary>All of its accesses.</summary>
    public required int Count { get; init; }

    /// <summary>Those of which nothing was released.</summary>
    public required int Denied { get; init; }

    /// <summary>The latest.</summary>
    public required DateTimeOffset LastAt { get; init; }

    public static AccessOrganisation From(Named organisation, ImmutableArray<AccessTally> tallies) => new()
    {
        Organisation = organisation,
        Count = tallies.Sum(tally => tally.Count),
        Denied = AccessSummary.CountOf(tallies, Outcome.Denied),
        LastAt = tallies.Max(tally => tally.LastAt),
    };
}
