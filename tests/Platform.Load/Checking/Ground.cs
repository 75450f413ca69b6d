using Platform.Domain.Sharing;

namespace Platform.Load.Checking;

/// <summary>On what a target can be released to an organisation for a purpose.</summary>
internal enum Ground
{
    /// <summary>No rule releases it.</summary>
    None,

    /// <summary>Only the citizen's consent.</summary>
    Consent,

    /// <summary>A rule that needs no consent; whether its other conditions hold, the history does not tell.</summary>
    Law,
}

/// <summary>What a rule book says of grounds, whoever the citizen is.</summary>
internal sealed class Grounds(RuleBook book)
{
    private readonly Dictionary<(string, string, string), Ground> _known = [];

    public static Grounds Shipped { get; } = new(RuleBook.Shipped);

    public Ground Of(string recipient, string purpose, string target)
    {
        var name = Target.Parse(target).Name;
        lock (_known)
        {
            if (!_known.TryGetValue((recipient, purpose, name), out var ground))
            {
                _known[(recipient, purpose, name)] = ground = Find(recipient, purpose, name);
            }

            return ground;
        }
    }

    private Ground Find(string recipient, string purpose, string name)
    {
        if (book.Purpose(purpose) is not { } asked)
        {
            return Ground.None;
        }

        var systems = book.Systems.Where(system => system.Organisation == recipient).ToArray();
        return systems.Any(system => ByLaw(system, asked, name)) ? Ground.Law
            : systems.Any(system => ConsentReach.Opens(book, system, asked, name)) ? Ground.Consent
            : Ground.None;
    }

    private bool ByLaw(SectorSystem system, Purpose purpose, string name) => book.Rules.Any(rule => rule.Effect == Effect.Permit
        && rule.Covers(name)
        && rule.When.All(condition => condition switch
        {
            ConsentCondition => false,
            SystemCondition systems => systems.AnyOf.Contains(system.Id),
            OrganisationCondition organisations => organisations.AnyOf.Contains(system.Organisation),
            PurposeCondition purposes => purposes.AnyOf.Contains(purpose.Code),
            GroundCondition grounds => grounds.AnyOf.Contains(purpose.Ground),
            _ => true,
        }));
}
