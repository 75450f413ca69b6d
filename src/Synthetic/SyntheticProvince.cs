using Platform.Domain.Intake;
using Platform.Synthetic.Errors;
using Platform.Synthetic.Households;
using Platform.Synthetic.Records;

namespace Platform.Synthetic;

/// <summary>A province of people who do not exist, in the form in which records are imported.</summary>
public static class SyntheticProvince
{
    /// <summary>
    /// Yields the records household by household, each made when it is asked for. Equal options give equal rows; all households but the last few are
    /// the same in a larger province of the same seed and day.
    /// </summary>
    public static IEnumerable<ImportRow> Generate(SyntheticOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfOutOfRange();
        return Rows(options);
    }

    private static IEnumerable<ImportRow> Rows(SyntheticOptions options)
    {
        var serials = new Serials(options.Seed);
        var made = 0;
        for (var index = 0L; made < options.Citizens; index++)
        {
            var household = HouseholdMaker.Make(options, index, options.Citizens - made);
            foreach (var person in household.Everybody)
            {
                person.Number(serials.Of(made++));
            }

            foreach (var row in Planted.In(options, household, RecordWriter.Write(options, household)))
            {
                yield return row;
            }
        }
    }
}
