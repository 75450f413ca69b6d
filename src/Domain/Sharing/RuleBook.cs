using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.Domain.Catalogue;

namespace Platform.Domain.Sharing;

/// <summary>What a rule does to the targets it covers; a forbid beats every permit.</summary>
public enum Effect
{
    /// <summary>Releases.</summary>
    Permit = 1,

    /// <summary>Withholds, whatever other rules permit.</summary>
    Forbid = 2,
}

/// <summary>An organisation that may receive data.</summary>
public sealed record Organisation
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is: <c>state</c>, <c>court</c>, <c>procuracy</c>, <c>enterprise</c> or <c>bank</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }
}

/// <summary>A sector system: a registered client of an organisation.</summary>
public sealed record SectorSystem
{
    /// <summary>Stable id, equal to the client id of its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>The organisation it belongs to.</summary>
    public required string Organisation { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Item of Annex II of the provincial plan, if it is one.</summary>
    public int? AnnexItem { get; init; }

    /// <summary>Document kinds of which it is the authoritative source and which it may therefore push.</summary>
    public ImmutableArray<string> Pushes { get; init; } = [];

    /// <summary>Most requests a civil day, about whomever, of which something may be released to the system; null: any number.</summary>
    public int? DailyReleases { get; init; }
}

/// <summary>A legal ground of processing (Law 91/2025/QH15 art. 9 and 19).</summary>
public sealed record LegalGround
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>The article it rests on.</summary>
    public required string Article { get; init; }
}

/// <summary>A coded purpose with its legal ground.</summary>
public sealed record Purpose
{
    /// <summary>Stable code, such as <c>health-insurance.renewal</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>What is done with the data, in plain words.</summary>
    public required LocalText Description { get; init; }

    /// <summary>The ground's id.</summary>
    public required string Ground { get; init; }

    /// <summary>The article.</summary>
    public required string Article { get; init; }
}

/// <summary>One sharing rule: permits or forbids its targets where all its conditions hold.</summary>
public sealed record Rule
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the rule under its id.</summary>
    public required int Version { get; init; }

    /// <summary>Permit or forbid.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The rule in one plain sentence.</summary>
    public required LocalText Name { get; init; }

    /// <summary>The legal article it carries out.</summary>
    public required string Article { get; init; }

    /// <summary>Attribute paths, predicate names, prefixes ending in <c>.*</c>, or <c>*</c>.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Conditions that must all hold.</summary>
    public required ImmutableArray<Condition> When { get; init; }

    /// <summary>Whether the rule covers an attribute path or predicate name.</summary>
    public bool Covers(string name)
    {
        foreach (var selector in Targets)
        {
            if (Target.Covers(selector, name))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One immutable, numbered set of sharing rules with the organisations, systems, grounds and purposes it speaks of.</summary>
public sealed record RuleBook
{
    private readonly Lazy<FrozenDictionary<string, SectorSystem>> _systems;
    private readonly Lazy<FrozenDictionary<string, Purpose>> _purposes;
    private readonly Lazy<FrozenDictionary<string, Organisation>> _organisations;
    private readonly Lazy<FrozenDictionary<string, ImmutableArray<Rule>>> _covering;
    private readonly ConcurrentDictionary<(string System, string Purpose, string Name), ImmutableArray<Rule>> _applicable;

    /// <summary>An empty book, to be filled by initialisers.</summary>
    public RuleBook() => (_systems, _purposes, _organisations, _covering, _applicable) = LookUps();

    // A copy made by "with" must not share the look-up tables of the original.
    private RuleBook(RuleBook other)
    {
        (Format, Number, Title, Organisations, Systems, Grounds, Purposes, Rules) =
            (other.Format, other.Number, other.Title, other.Organisations, other.Systems, other.Grounds, other.Purposes, other.Rules);
        (_systems, _purposes, _organisations, _covering, _applicable) = LookUps();
    }

    /// <summary>The book that ships with the product.</summary>
    public static RuleBook Shipped { get; } = DomainJson.Read<RuleBook>(ShippedData.Text("rulebook-1.json"));

    /// <summary>Format of the data, 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Number of the book; each published book has its own.</summary>
    public required int Number { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Organisations.</summary>
    public ImmutableArray<Organisation> Organisations { get; init; } = [];

    /// <summary>Sector systems.</summary>
    public ImmutableArray<SectorSystem> Systems { get; init; } = [];

    /// <summary>Legal grounds.</summary>
    public ImmutableArray<LegalGround> Grounds { get; init; } = [];

    /// <summary>Purposes.</summary>
    public ImmutableArray<Purpose> Purposes { get; init; } = [];

    /// <summary>Rules, in the order in which they are tried.</summary>
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary>The system of that id, or null.</summary>
    public SectorSystem? System(string id) => _systems.Value.GetValueOrDefault(id);

    /// <summary>The purpose of that code, or null.</summary>
    public Purpose? Purpose(string code) => _purposes.Value.GetValueOrDefault(code);

    /// <summary>The organisation of that id, or null.</summary>
    public Organisation? Organisation(string id) => _organisations.Value.GetValueOrDefault(id);

    /// <summary>The rules that cover an attribute path or predicate name, in their order.</summary>
    public ImmutableArray<Rule> Covering(string name) =>
        _covering.Value.TryGetValue(name, out var rules) ? rules : [.. Rules.Where(rule => rule.Covers(name))];

    /// <summary>Of the rules that cover a name, in their order, those that can hold for a request of the system for the purpose at all.</summary>
    internal ImmutableArray<Rule> Applicable(SectorSystem system, Purpose purpose, string name)
    {
        if (_applicable.TryGetValue((system.Id, purpose.Code, name), out var known))
        {
            return known;
        }

        ImmutableArray<Rule> rules = [.. Covering(name).Where(rule => rule.When.All(condition => condition.MayHoldFor(system, purpose)))];

        // Names outside the catalogue could be any number.
        return _covering.Value.ContainsKey(name) ? _applicable.GetOrAdd((system.Id, purpose.Code, name), rules) : rules;
    }

    private (Lazy<FrozenDictionary<string, SectorSystem>>, Lazy<FrozenDictionary<string, Purpose>>, Lazy<FrozenDictionary<string, Organisation>>,
        Lazy<FrozenDictionary<string, ImmutableArray<Rule>>>, ConcurrentDictionary<(string, string, string), ImmutableArray<Rule>>) LookUps() => (
        new(() => Systems.ToFrozenDictionary(system => system.Id)),
        new(() => Purposes.ToFrozenDictionary(purpose => purpose.Code)),
        new(() => Organisations.ToFrozenDictionary(organisation => organisation.Id)),
        new(() => AttributeCatalogue.Shipped.Attributes.Keys
            .Concat(AttributeCatalogue.Shipped.Predicates.Keys)
            .ToFrozenDictionary(name => name, name => Rules.Where(rule => rule.Covers(name)).ToImmutableArray())),
        new());
}
