using Platform.Domain.Catalogue;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Households;

/// <summary>Where people of the province live: the former communes with their share of the population, and villages in them.</summary>
internal static class Dwelling
{
    // The one unit whose population was not published, by what is left of its district.
    private const int UnpublishedPopulation = 15_000;

    private static readonly Weighted<FormerCommune> Choice = new(Shares());

    public static FormerCommune Draw(Dice dice) => Choice.Draw(dice);

    /// <summary>Village, former commune where its name is gone, commune and province.</summary>
    public static string Address(Dice dice, FormerCommune former, Commune commune, NameGroup group)
    {
        var before = former.Name == commune.Name && former.Type == commune.Type ? "" : $", {former.Type} {former.Name} cũ";
        return $"{Village(dice, former, group)}{before}, {commune.Type} {commune.Name}, tỉnh Lâm Đồng";
    }

    private static string Village(Dice dice, FormerCommune former, NameGroup group)
    {
        if (former.Type != "xã")
        {
            return $"Số {dice.Between(1, 320)}, tổ dân phố {dice.Between(1, 12)}";
        }

        return group.Style switch
        {
            NameStyle.Prefix or NameStyle.Ma => $"Bon {dice.Pick(NameBook.Shipped.BonNames)}",
            NameStyle.Clan => $"Buôn {dice.Pick(NameBook.Shipped.BuonNames)}",
            _ when dice.Chance(400) => $"Thôn {dice.Pick(NameBook.Shipped.VillageNames)}",
            _ => $"Thôn {dice.Between(1, 15)}",
        };
    }

    private static IEnumerable<(FormerCommune, int)> Shares()
    {
        var places = Places.Shipped;
        foreach (var parts in places.FormerCommunes.GroupBy(former => former.Successor))
        {
            var population = places.Commune(parts.Key)!.Population ?? UnpublishedPopulation;
            var sum = parts.Sum(Density);
            foreach (var part in parts)
            {
                yield return (part, population * Density(part) / sum);
            }
        }
    }

    // Wards and townships hold about half as many people again as rural communes.
    private static int Density(FormerCommune former) => former.Type == "xã" ? 2 : 3;
}
