using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Platform.Domain.Catalogue;

/// <summary>A district of the province as it was until 30 June 2025; a historical unit since.</summary>
public sealed record District(string Code, string Name);

/// <summary>A commune as it was until 30 June 2025.</summary>
public sealed record FormerCommune
{
    /// <summary>Code in the list of that time; the same digits may name another unit today.</summary>
    public required string Code { get; init; }

    /// <summary>Type in lower case: <c>phường</c>, <c>thị trấn</c> or <c>xã</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name without the type.</summary>
    public required string Name { get; init; }

    /// <summary>Type and name as printed.</summary>
    public required string Printed { get; init; }

    /// <summary>Code of the district.</summary>
    public required string District { get; init; }

    /// <summary>First day, or null if it is not known.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>Code of the unit it became part of as a whole.</summary>
    public required string Successor { get; init; }
}

/// <summary>A commune of today.</summary>
public sealed record Commune
{
    /// <summary>Code in today's list.</summary>
    public required string Code { get; init; }

    /// <summary>Type in lower case: <c>phường</c> or <c>xã</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name without the type.</summary>
    public required string Name { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Area in square kilometres.</summary>
    public required decimal AreaKm2 { get; init; }

    /// <summary>Population at the merger, or null where it was not published.</summary>
    public int? Population { get; init; }
}

/// <summary>A spelling that is in use for a unit: <c>district</c>, <c>commune</c> (of the past) or <c>successor</c> (of today).</summary>
public sealed record PlaceAlias(string Text, string Level, string Code);

/// <summary>Administrative units of the province before and since 1 July 2025; data that ships with the product.</summary>
public sealed class Places
{
    private readonly FrozenDictionary<string, Commune> _byCode;

    private Places(File file)
    {
        Districts = file.Districts;
        FormerCommunes = file.Communes;
        Communes = file.Successors;
        Aliases = file.Aliases;
        _byCode = file.Successors.ToFrozenDictionary(commune => commune.Code);
    }

    /// <summary>The units that ship with the product.</summary>
    public static Places Shipped { get; } = new(DomainJson.Read<File>(ShippedData.Text("places.json")));

    /// <summary>The 8 districts that ended with 30 June 2025.</summary>
    public ImmutableArray<District> Districts { get; }

    /// <summary>The 71 communes that ended with 30 June 2025.</summary>
    public ImmutableArray<FormerCommune> FormerCommunes { get; }

    /// <summary>The 28 communes since 1 July 2025.</summary>
    public ImmutableArray<Commune> Communes { get; }

    /// <summary>Spelling variants.</summary>
    public ImmutableArray<PlaceAlias> Aliases { get; }

    /// <summary>Today's commune of a code, or null if no unit has that code today.</summary>
    public Commune? Commune(string code) => _byCode.GetValueOrDefault(code);

    private sealed record File(
        ImmutableArray<District> Districts,
        ImmutableArray<FormerCommune> Communes,
        ImmutableArray<Commune> Successors,
        ImmutableArray<PlaceAlias> Aliases);
}
