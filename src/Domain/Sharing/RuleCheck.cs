using System.Collections.Immutable;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>Checks one rule after the other against the book and the catalogue they speak of.</summary>
internal sealed class RuleCheck(RuleBook book, AttributeCatalogue catalogue)
{
    private const int MaxPatternLength = 200;

    private readonly HashSet<string> _systems = [.. book.Systems.Select(system => system.Id)];
    private readonly HashSet<string> _organisations = [.. book.Organisations.Select(organisation => organisation.Id)];
    private readonly HashSet<string> _purposes = [.. book.Purposes.Select(purpose => purpose.Code)];
    private readonly HashSet<string> _grounds = [.. book.Grounds.Select(ground => ground.Id)];

    private readonly HashSet<string> _enterprises =
    [
        .. book.Organisations.Where(organisation => organisation.Kind is "enterprise" or "bank").Select(organisation => organisation.Id),
    ];

    private readonly ImmutableArray<string> _names = [.. catalogue.Attributes.Keys.Concat(catalogue.Predicates.Keys).Order(StringComparer.Ordinal)];

    public IEnumerable<string> Check(Rule rule) => Head(rule)
        .Concat(Targets(rule))
        .Concat(rule.When.SelectMany(Condition))
        .Concat(Sensitive(rule))
        .Select(finding => $"Rule '{rule.Id}' {finding}");

    private static IEnumerable<string> Head(Rule rule)
    {
        if (rule.Version < 1)
        {
            yield return $"has the version {rule.Version}; versions start at 1.";
        }

        if (RuleBookCheck.IsEmpty(rule.Name) || string.IsNullOrWhiteSpace(rule.Article))
        {
            yield return "lacks its sentence in both languages or its article.";
        }

        if (rule.When.IsEmpty)
        {
            yield return "has no condition, so it would hold for everybody.";
        }
    }

    private IEnumerable<string> Targets(Rule rule)
    {
        if (rule.Targets.IsEmpty)
        {
            yield return "has no target.";
        }

        foreach (var selector in rule.Targets.Where(selector => !_names.Any(name => Target.Covers(selector, name))))
        {
            yield return $"names the target '{selector}', which covers nothing in the catalogue.";
        }
    }

    private IEnumerable<string> Condition(Condition condition) => condition switch
    {
        SystemCondition systems => Known("system", systems.AnyOf, _systems),
        OrganisationCondition organisations => Known("organisation", organisations.AnyOf, _organisations),
        PurposeCondition purposes => Known("purpose", purposes.AnyOf, _purposes),
        GroundCondition grounds => Known("ground", grounds.AnyOf, _grounds),
        IdentityLevelCondition { AtLeast: not (1 or 2) } level => [$"asks for the e-ID level {level.AtLeast}; there are 1 and 2."],
        CaseReferenceCondition reference => Pattern(reference),
        AreaCondition area => Listed("commune", area.Communes),
        HoursCondition hours => Hours(hours),
        QuotaCondition quota => Quota(quota),
        RelationCondition relation => Relations(relation),
        _ => [],
    };

    private static IEnumerable<string> Known(string what, ImmutableArray<string> ids, HashSet<string> known) => Listed(what, ids)
        .Concat(ids.IsDefaultOrEmpty ? [] : ids.Where(id => id is not null && !known.Contains(id)).Select(id => $"names the unknown {what} '{id}'."));

    private static IEnumerable<string> Listed(string what, ImmutableArray<string> ids)
    {
        if (ids.IsDefaultOrEmpty || ids.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"has a condition that lists no {what}, or an empty one.";
        }
    }

    private static IEnumerable<string> Pattern(CaseReferenceCondition condition)
    {
        if (condition.Pattern is not { Length: > 0 and <= MaxPatternLength })
        {
            return [$"has a case reference pattern that is empty or longer than {MaxPatternLength} characters."];
        }

        try
        {
            // Alone first: what only compiles within the product's own frame is malformed too.
            CaseReferenceCondition.Alone(condition.Pattern);
            return condition.Example is not null && CaseReferenceCondition.Compile(condition.Pattern).IsMatch(condition.Example)
                ? []
                : ["has an example of a case reference that its own pattern refuses."];
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            return ["has a case reference pattern that cannot be matched in linear time."];
        }
    }

    private static IEnumerable<string> Hours(HoursCondition hours)
    {
        if (hours.Days.IsDefaultOrEmpty || hours.Days.Any(day => day is < 1 or > 7))
        {
            yield return "has hours on no day or on a day other than 1 (Monday) to 7 (Sunday).";
        }

        if (hours.From >= hours.To)
        {
            yield return "has hours that end before they begin.";
        }
    }

    private static IEnumerable<string> Quota(QuotaCondition quota)
    {
        if (quota.Count < 1)
        {
            yield return $"has a quota of {quota.Count}; the least is 1.";
        }

        if (quota.Per is not (Period.Day or Period.Month or Period.Year))
        {
            yield return "has a quota that is not per day, month or year.";
        }
    }

    private static IEnumerable<string> Relations(RelationCondition relation)
    {
        if (relation.AnyOf.IsDefaultOrEmpty || relation.AnyOf.Contains(Relation.Unknown))
        {
            yield return "has a condition that lists no relation, or the unknown one.";
        }
    }

    private IEnumerable<string> Sensitive(Rule rule)
    {
        if (rule.Effect != Effect.Permit || rule.When.OfType<ConsentCondition>().Any())
        {
            yield break;
        }

        if (book.Systems.FirstOrDefault(system => _enterprises.Contains(system.Organisation) && MayAsk(rule, system)) is { } asking
            && _names.FirstOrDefault(name => IsSensitive(name) && rule.Covers(name)) is { } sensitive)
        {
            yield return $"gives the sensitive '{sensitive}' to '{asking.Id}', the system of an enterprise or bank, without consent.";
        }
    }

    private static bool MayAsk(Rule rule, SectorSystem system) => rule.When.All(condition => condition switch
    {
        SystemCondition systems => !systems.AnyOf.IsDefault && systems.AnyOf.Contains(system.Id),
        OrganisationCondition organisations => !organisations.AnyOf.IsDefault && organisations.AnyOf.Contains(system.Organisation),
        _ => true,
    });

    // A question tells as much as what it looks at.
    private bool IsSensitive(string name) => catalogue.Attributes.TryGetValue(name, out var attribute)
        ? attribute.Sensitivity == Sensitivity.Sensitive
        : catalogue.Predicates.TryGetValue(name, out var predicate) && predicate.Reads.Any(IsSensitive);
}
