using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>How often consents and purposes were used, counted from the tags of ledger entries; immutable.</summary>
public sealed class UsageCounts
{
    private readonly ImmutableDictionary<string, Tally> _tallies;

    private UsageCounts(ImmutableDictionary<string, Tally> tallies) => _tallies = tallies;

    /// <summary>Nothing used yet.</summary>
    public static UsageCounts None { get; } = new(ImmutableDictionary<string, Tally>.Empty);

    /// <summary>The tag of a release: the system, the purpose and the consents it rests on.</summary>
    public static string Tag(string system, string purpose, IEnumerable<Guid> consents) =>
        string.Join(' ', [system, purpose, .. consents.Select(id => id.ToString("N"))]);

    /// <summary>Counts so many releases with the tag on a local day; an empty tag is no release and counts nothing.</summary>
    public UsageCounts Add(string tag, DateOnly day, int count = 1)
    {
        if (tag.Length == 0)
        {
            return this;
        }

        var words = tag.Split(' ');
        var tallies = Counted(_tallies, $"{words[0]} {words[1]}");
        foreach (var consent in words.AsSpan(2))
        {
            tallies = Counted(tallies, consent);
        }

        return new UsageCounts(tallies);

        ImmutableDictionary<string, Tally> Counted(ImmutableDictionary<string, Tally> before, string key) => before.SetItem(key, before.GetValueOrDefault(key).Add(day, count));
    }

    /// <summary>Uses of a consent in the period in which the instant lies.</summary>
    public int OfConsent(Guid consent, Period per, DateTimeOffset now) => _tallies.GetValueOrDefault(consent.ToString("N")).In(per, CivilTime.Day(now));

    /// <summary>Uses by a system, one row per purpose in ordinal order, in the periods in which the instant lies.</summary>
    public ImmutableArray<UsageFact> OfSystem(string system, DateTimeOffset now)
    {
        var today = CivilTime.Day(now);
        var prefix = system + " ";
        var facts = ImmutableArray.CreateBuilder<UsageFact>();
        foreach (var (key, tally) in _tallies)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && tally.In(Period.Year, today) is > 0 and var year)
            {
                facts.Add(new UsageFact(key[prefix.Length..], tally.In(Period.Day, today), tally.In(Period.Month, today), year));
            }
        }

        facts.Sort((left, right) => string.CompareOrdinal(left.Purpose, right.Purpose));
        return facts.DrainToImmutable();
    }

    private readonly record struct Tally(DateOnly Latest, int Day, int Month, int Year, int Total)
    {
        // Days may come in any order; what lies in an earlier period than the latest only adds to the longer periods they share.
        public Tally Add(DateOnly day, int count)
        {
            var current = day >= Latest ? Roll(day) : this;
            return current with
            {
                Day = current.Day + (day == current.Latest ? count : 0),
                Month = current.Month + (SameMonth(day, current.Latest) ? count : 0),
                Year = current.Year + (day.Year == current.Latest.Year ? count : 0),
                Total = current.Total + count,
            };
        }

        // A clock that lags behind what was already counted frees no quota: the period of the latest use still runs.
        public int In(Period per, DateOnly today) => per switch
        {
            Period.Total => Total,
            _ when today <= Latest => Of(per),
            Period.Day => 0,
            Period.Month => SameMonth(today, Latest) ? Month : 0,
            _ => today.Year == Latest.Year ? Year : 0,
        };

        private int Of(Period per) => per switch
        {
            Period.Day => Day,
            Period.Month => Month,
            _ => Year,
        };

        private Tally Roll(DateOnly day) => this with
        {
            Latest = day,
            Day = day == Latest ? Day : 0,
            Month = SameMonth(day, Latest) ? Month : 0,
            Year = day.Year == Latest.Year ? Year : 0,
        };

        private static bool SameMonth(DateOnly left, DateOnly right) => left.Year == right.Year && left.Month == right.Month;
    }
}
