using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Platform.Domain.Catalogue;

/// <summary>A province of the list of 63, by the three digits with which personal IDs registered there begin.</summary>
public sealed record Province(string Code, string Name);

/// <summary>A code with its labels.</summary>
public sealed record CodeItem(string Code, string Vi, string En);

/// <summary>The code lists of the population database; data that ships with the product.</summary>
public sealed class CodeLists
{
    private CodeLists(File file)
    {
        Provinces = file.Provinces;
        EthnicGroups = file.EthnicGroups;
        Religions = file.Religions;
        MaritalStatus = file.MaritalStatus;
        RelationsToHead = file.RelationsToHead;
        Sexes = file.Sexes;
        ProvinceCodes = file.Provinces.Select(province => province.Code).ToFrozenSet();
    }

    /// <summary>The lists that ship with the product.</summary>
    public static CodeLists Shipped { get; } = new(DomainJson.Read<File>(ShippedData.Text("codes.json")));

    /// <summary>The 63 provinces of personal IDs (Circular 59/2021/TT-BCA).</summary>
    public ImmutableArray<Province> Provinces { get; }

    /// <summary>The codes of <see cref="Provinces"/>.</summary>
    public FrozenSet<string> ProvinceCodes { get; }

    /// <summary>Ethnic groups (Decision 121-TCTK/PPCĐ).</summary>
    public ImmutableArray<CodeItem> EthnicGroups { get; }

    /// <summary>Religions.</summary>
    public ImmutableArray<CodeItem> Religions { get; }

    /// <summary>Marital status.</summary>
    public ImmutableArray<CodeItem> MaritalStatus { get; }

    /// <summary>Relations to the head of household (Circular 55/2021/TT-BCA art. 6).</summary>
    public ImmutableArray<CodeItem> RelationsToHead { get; }

    /// <summary>Sexes (QCVN 109:2017/BTTTT).</summary>
    public ImmutableArray<CodeItem> Sexes { get; }

    private sealed record File(
        ImmutableArray<Province> Provinces,
        ImmutableArray<CodeItem> EthnicGroups,
        ImmutableArray<CodeItem> Religions,
        ImmutableArray<CodeItem> MaritalStatus,
        ImmutableArray<CodeItem> RelationsToHead,
        ImmutableArray<CodeItem> Sexes);
}
