using System.Globalization;
using Platform.Domain.Catalogue;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Households;

/// <summary>People who live at one address, and the records of those of them who have died.</summary>
internal sealed record Household(
    long Index, Person[] Members, Person[] Gone, FormerCommune Former, Commune Commune, string Address, DateOnly Since, bool Poor)
{
    public Person Head => Array.Find(Members, member => member.Relation == "head")!;

    public string Code => string.Create(CultureInfo.InvariantCulture, $"HGD-{Former.Code}-{Index:0000000}");

    public string FileNumber => string.Create(CultureInfo.InvariantCulture, $"HSCT-{Commune.Code}-{Index:0000000}");

    public IEnumerable<Person> Everybody => Members.Concat(Gone);
}
