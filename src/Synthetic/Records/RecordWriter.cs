using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Synthetic.Consents;
using Platform.Synthetic.Documents;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Records;

/// <summary>Writes the records of a household.</summary>
internal static class RecordWriter
{
    public static CitizenRecord[] Write(SyntheticOptions options, Household household)
    {
        var members = DomainJson.Write(household.Members.Select(member => new ListedPerson(member.Id.Reveal(), member.Name.Full, member.Relation)));
        return [.. household.Everybody.Select((person, place) => Write(options, household, members, person, place))];
    }

    private static CitizenRecord Write(SyntheticOptions options, Household household, string members, Person person, int place)
    {
        var today = options.AsOf;
        Dice Part(int part) => Dice.For(options.Seed, household.Index, (place * 4) + part);
        var dice = Part(1);
        var values = new Values();
        ProfileValues.Write(values, dice, person, household, today);
        if (person.Died is null)
        {
            ResidenceValues.Write(values, dice, person, household, members, today);
        }

        return new CitizenRecord
        {
            PersonalId = person.Id,
            Status = person.Died is null ? CitizenStatus.Active : CitizenStatus.Deceased,
            Protected = dice.Chance(20),
            Attributes =
            [
                new SourcedAttributes
                {
                    Provenance = new Provenance { Source = "population", AsOf = CivilTime.StartOf(Told(dice, person, today)), Version = dice.Between(1, 5) },
                    Values = values.Done(),
                },
            ],
            Documents = DocumentWriter.Write(Part(2), person, household, today),
            Consents = person.Died is null ? ConsentWriter.Write(Part(3), person, today) : ImmutableArray<Domain.Consents.Consent>.Empty,
        };
    }

    private static DateOnly Told(Dice dice, Person person, DateOnly today) => dice.Day(Family.Later(person.Died ?? person.Born, today.AddDays(-400)), today);
}
