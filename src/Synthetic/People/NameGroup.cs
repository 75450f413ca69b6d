using System.Collections.Immutable;
using System.Text;
using Platform.Domain;

namespace Platform.Synthetic.People;

/// <summary>How names of an ethnic group are built.</summary>
internal enum NameStyle
{
    /// <summary>Family, middle and given name.</summary>
    Family = 1,

    /// <summary>Mnông: Điểu or Thị and a given name, nothing inherited.</summary>
    Prefix = 2,

    /// <summary>Mạ: K' or Ka and a given name, nothing inherited.</summary>
    Ma = 3,

    /// <summary>Ê-đê: Y or H' and a given name, the mother's clan last.</summary>
    Clan = 4,
}

internal sealed record WeightedName(string Name, int Weight);

/// <summary>An ethnic group: its share of households in thousandths, its names, where its people came from and what they believe.</summary>
internal sealed record NameGroup(
    string Code,
    int Share,
    NameStyle Style,
    ImmutableArray<WeightedName> Families,
    ImmutableArray<WeightedName> MaleMiddles,
    ImmutableArray<WeightedName> FemaleMiddles,
    ImmutableArray<string> MaleGivens,
    ImmutableArray<string> FemaleGivens,
    ImmutableArray<WeightedName> Homes,
    int Local,
    ImmutableArray<WeightedName> Religions)
{
    private readonly Lazy<Weighted<string>> _families = new(() => Choice(Families));
    private readonly Lazy<Weighted<string>> _maleMiddles = new(() => Choice(MaleMiddles));
    private readonly Lazy<Weighted<string>> _femaleMiddles = new(() => Choice(FemaleMiddles));
    private readonly Lazy<Weighted<string>> _homes = new(() => Choice(Homes));
    private readonly Lazy<Weighted<string>> _religions = new(() => Choice(Religions));

    public string Family(Dice dice) => Families.IsEmpty ? "" : _families.Value.Draw(dice);

    public string Middle(Dice dice, bool male) => (male ? _maleMiddles : _femaleMiddles).Value.Draw(dice);

    public string Given(Dice dice, bool male) => dice.Pick(male ? MaleGivens : FemaleGivens);

    public string Home(Dice dice) => _homes.Value.Draw(dice);

    public string Religion(Dice dice) => _religions.Value.Draw(dice);

    private static Weighted<string> Choice(ImmutableArray<WeightedName> names) => new(names.Select(name => (name.Name, name.Weight)));
}

/// <summary>The names that ship with the generator.</summary>
internal sealed record NameBook(
    int Version, ImmutableArray<NameGroup> Groups, ImmutableArray<string> BonNames, ImmutableArray<string> BuonNames, ImmutableArray<string> VillageNames)
{
    private readonly Lazy<Weighted<NameGroup>> _choice = new(() => new Weighted<NameGroup>(Groups.Select(group => (group, group.Share))));

    public static NameBook Shipped { get; } = DomainJson.Read<NameBook>(Text());

    public NameGroup Group(Dice dice) => _choice.Value.Draw(dice);

    private static string Text()
    {
        using var stream = typeof(NameBook).Assembly.GetManifestResourceStream("names.json")
            ?? throw new InvalidOperationException("The generator was built without its names.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
