using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Documents;

/// <summary>Writes the documents that a person of that age and household is likely to have.</summary>
internal static class DocumentWriter
{
    public static ImmutableArray<Document> Write(Dice dice, Person person, Household household, DateOnly today)
    {
        var paper = new Paper(dice, person, household, today);
        CivilStatus.Write(paper);
        Insurance.Write(paper);
        Health.Write(paper);
        Work.Write(paper);
        Driving.Write(paper);
        Property.Write(paper);
        return [.. paper.Written];
    }
}
