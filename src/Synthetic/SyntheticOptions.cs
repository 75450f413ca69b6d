namespace Platform.Synthetic;

/// <summary>What a synthetic province is made from; equal options give equal bytes.</summary>
public sealed record SyntheticOptions
{
    /// <summary>The most citizens one province can have: so many six-digit endings personal IDs have.</summary>
    public const int MostCitizens = Serials.Count;

    /// <summary>The first day for which records can be made: since then the communes are today's.</summary>
    public static readonly DateOnly FirstDay = new(2025, 7, 1);

    /// <summary>The last day for which records can be made: afterwards personal IDs begin another century.</summary>
    public static readonly DateOnly LastDay = new(2099, 12, 31);

    /// <summary>Number of records, 1 to <see cref="MostCitizens"/>.</summary>
    public required int Citizens { get; init; }

    /// <summary>The seed; provinces of one seed and day share their first households whatever their size.</summary>
    public required long Seed { get; init; }

    /// <summary>The day as of which the records hold.</summary>
    public required DateOnly AsOf { get; init; }

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Citizens, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Citizens, MostCitizens);
        ArgumentOutOfRangeException.ThrowIfLessThan(AsOf, FirstDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AsOf, LastDay);
    }
}
