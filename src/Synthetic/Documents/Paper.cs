using System.Globalization;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Synthetic.Households;
using Platform.Synthetic.People;
using Platform.Synthetic.Records;

namespace Platform.Synthetic.Documents;

/// <summary>The desk at which one person's documents are written.</summary>
internal sealed class Paper(Dice dice, Person person, Household household, DateOnly today)
{
    private readonly List<Document> _written = [];

    public Dice Dice => dice;

    public Person Person => person;

    public Household Household => household;

    public DateOnly Today => today;

    public int Age { get; } = person.Age(today);

    public IReadOnlyList<Document> Written => _written;

    /// <summary>The last day on which something could be issued to the person.</summary>
    public DateOnly Last => person.Died ?? today;

    /// <summary>First and last day of a document of so many days: some have run out, some do so within 30 days.</summary>
    public (DateOnly From, DateOnly To) Term(int days)
    {
        var to = dice.Below(1000) switch
        {
            < 60 => Last.AddDays(-dice.Between(1, Math.Min(400, days))),
            < 110 => Last.AddDays(dice.Below(Math.Min(30, days))),
            _ => Last.AddDays(dice.Between(Math.Min(30, days - 1), days - 1)),
        };
        return (to.AddDays(1 - days), to);
    }

    /// <summary>A day on which the person was at least so old, not before a year and not after the last day; null if there is none.</summary>
    public DateOnly? Since(int age, int year)
    {
        var first = Family.Later(person.Born.AddYears(age), new DateOnly(year, 1, 1));
        return first < Last ? dice.Day(first, Last.AddDays(-1)) : null;
    }

    public void Write(string kind, string number, string issuer, DateOnly? issued, Values values, DateOnly? from = null, DateOnly? to = null, DocumentState? state = null)
    {
        var told = Family.Later(issued ?? person.Born, today.AddDays(-dice.Between(0, 700)));
        _written.Add(new Document
        {
            Kind = kind,
            Number = number,
            Issuer = issuer,
            IssuedOn = issued,
            ValidFrom = from,
            ValidTo = to,
            IssuerState = state ?? State(),
            Provenance = new Provenance
            {
                Source = AttributeCatalogue.Shipped.DocumentKinds[kind].Source!,
                AsOf = CivilTime.StartOf(Family.Earlier(told, today)),
                Version = dice.Between(1, 3),
            },
            Values = values.Done(),
        });
    }

    /// <summary>A number with a year behind it, as registers and decisions have.</summary>
    public static string Numbered(string serial, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{serial}/{day.Year}");

    // What outlives its holder has been withdrawn.
    private DocumentState State() => person.Died is not null
        ? DocumentState.Revoked
        : dice.Below(1000) switch
        {
            < 10 => DocumentState.Suspended,
            < 17 => DocumentState.Revoked,
            _ => DocumentState.Valid,
        };
}
