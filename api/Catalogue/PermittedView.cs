using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Sharing;

namespace Platform.Api.Catalogue;

/// <summary>A rule whose conditions could hold for the calling system.</summary>
sealed record PermittedView
{
    /// <summary>Id of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Version of the rule under its id.</summary>
    public required int Version { get; init; }

    /// <summary>Permit, or forbid whatever other rules permit.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The rule in one sentence.</summary>
    public required LocalText Name { get; init; }

    /// <summary>The legal article.</summary>
    public required string Article { get; init; }

    /// <summary>Purposes under which it holds.</summary>
    public required ImmutableArray<string> Purposes { get; init; }

    /// <summary>Attribute paths, predicate names, prefixes ending in <c>.*</c>, or <c>*</c>.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>What must hold besides, in words; all of it.</summary>
    public required ImmutableArray<LocalText> Conditions { get; init; }

    public static ImmutableArray<PermittedView> Of(RuleBook book, string system)
    {
        var organisation = book.System(system)?.Organisation;
        return
        [
            .. book.Rules
                .Where(rule => organisation is not null && rule.When.All(condition => CouldHold(condition, system, organisation)))
                .Select(rule => From(book, rule))
                .Where(view => !view.Purposes.IsEmpty),
        ];
    }

    static bool CouldHold(Condition condition, string system, string organisation) => condition switch
    {
        SystemCondition systems => systems.AnyOf.Contains(system),
        OrganisationCondition organisations => organisations.AnyOf.Contains(organisation),
        _ => true,
    };

    static PermittedView From(RuleBook book, Rule rule) => new()
    {
        Rule = rule.Id,
        Version = rule.Version,
        Effect = rule.Effect,
        Name = rule.Name,
        Article = rule.Article,
        Purposes = [.. book.Purposes.Where(purpose => rule.When.All(condition => Covers(condition, purpose))).Select(purpose => purpose.Code)],
        Targets = rule.Targets,
        Conditions = [.. rule.When.Where(condition => !IsAlreadyTold(condition)).Select(ConditionText.Of)],
    };

    static bool Covers(Condition condition, Purpose purpose) => condition switch
    {
        PurposeCondition purposes => purposes.AnyOf.Contains(purpose.Code),
        GroundCondition grounds => grounds.AnyOf.Contains(purpose.Ground),
        _ => true,
    };

    static bool IsAlreadyTold(Condition condition) => condition is SystemCondition or OrganisationCondition or PurposeCondition or GroundCondition;
}
