using System.Collections.Immutable;
using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>Finds changes that turn a refusal around; a set of changes is only ever named after it was tried and the target came out permitted.</summary>
internal static class RemedySearch
{
    private const int RoundsOfForbids = 4;

    public static ImmutableArray<Remedy> Find(Scenario scenario, string name, Reason reason)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var start = Admit(scenario, remedies);
        if (SharingRules.Judge(start, name).Reason == Reason.Permitted)
        {
            return remedies.ToImmutable();
        }

        foreach (var rule in Candidates(start, name))
        {
            if (TryRule(start, rule, name) is { } found)
            {
                return remedies.ToImmutable().AddRange(found);
            }
        }

        return remedies.ToImmutable().AddRange(ByRuleOwner(start, name));
    }

    // Who asks and about whom must be in order before any rule counts.
    private static Scenario Admit(Scenario scenario, ImmutableArray<Remedy>.Builder remedies)
    {
        void Apply(Remedy remedy)
        {
            remedies.Add(remedy);
            scenario = Change(scenario, remedy, name: null);
        }

        if (scenario.Book.System(scenario.Request.System) is null)
        {
            Apply(new Remedy(RemedyKind.RegisterSystem, scenario.Request.System));
        }

        if (scenario.Facts.SystemSuspended)
        {
            Apply(new Remedy(RemedyKind.ResumeSystem, scenario.Request.System));
        }

        if (!scenario.Facts.SubjectKnown)
        {
            Apply(new Remedy(RemedyKind.RegisterSubject));
        }

        return scenario;
    }

    private static IEnumerable<Rule> Candidates(Scenario scenario, string name) => scenario.Book.Rules
        .Where(rule => rule.Effect == Effect.Permit && rule.Covers(name))
        .Select(rule => (rule, unmet: SharingRules.Test(scenario, rule, name).Unmet))
        .Where(candidate => candidate.unmet.TrueForAll(finding => finding.Remedy is not null))
        .OrderBy(candidate => SharingRules.Distance(candidate.unmet))
        .Select(candidate => candidate.rule);

    private static ImmutableArray<Remedy>? TryRule(Scenario scenario, Rule rule, string name)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();

        // A change can open the next gap (another purpose needs another consent), so gaps are closed until none is left.
        for (var round = 0; round <= rule.When.Length + RoundsOfForbids; round++)
        {
            var gap = SharingRules.Test(scenario, rule, name).Unmet is [var first, ..] ? first.Remedy : Avoid(scenario, name);
            if (gap is null)
            {
                return SharingRules.Judge(scenario, name).Reason == Reason.Permitted ? remedies.ToImmutable() : null;
            }

            // Closing the same gap twice would run in a circle: the conditions contradict each other.
            if (remedies.Contains(gap))
            {
                return null;
            }

            remedies.Add(gap);
            scenario = Change(scenario, gap, name);
        }

        return null;
    }

    private static Remedy? Avoid(Scenario scenario, string name)
    {
        if (SharingRules.ForbiddenBy(scenario, name) is not { } forbid)
        {
            return null;
        }

        foreach (var condition in forbid.When)
        {
            if (condition.Avoid(scenario) is { } remedy && condition.Evaluate(Change(scenario, remedy, name), name).Holds == Holds.No)
            {
                return remedy;
            }
        }

        return new Remedy(RemedyKind.LiftRule, forbid.Id);
    }

    private static ImmutableArray<Remedy> ByRuleOwner(Scenario scenario, string name)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var publish = new Remedy(RemedyKind.PublishRule, scenario.Request.Purpose, name);
        remedies.Add(publish);
        scenario = Change(scenario, publish, name);
        while (SharingRules.ForbiddenBy(scenario, name) is { } forbid)
        {
            var lift = new Remedy(RemedyKind.LiftRule, forbid.Id);
            remedies.Add(lift);
            scenario = Change(scenario, lift, name);
        }

        return remedies.ToImmutable();
    }

    /// <summary>The scenario after a change has been made.</summary>
    internal static Scenario Change(Scenario scenario, Remedy remedy, string? name)
    {
        var (request, facts, book, _) = scenario;
        return remedy.Kind switch
        {
            RemedyKind.NameOfficial => scenario with
            {
                Request = request with { Official = SomeOfficial },
                Facts = facts with { Relation = Relation.Other },
            },
            RemedyKind.UseOtherOfficial => scenario with
            {
                Request = request with { Official = request.Official ?? SomeOfficial },
                Facts = facts with { Relation = Enum.Parse<Relation>(remedy.Value!, ignoreCase: true) },
            },
            RemedyKind.RaiseIdentityLevel => scenario with
            {
                Request = request with
                {
                    Official = (request.Official ?? SomeOfficial) with { IdentityLevel = int.Parse(remedy.Value!, CultureInfo.InvariantCulture) },
                },
                Facts = request.Official is null ? facts with { Relation = Relation.Other } : facts,
            },
            RemedyKind.GiveCaseReference => scenario with { Request = request with { CaseReference = remedy.Value } },
            RemedyKind.UsePurpose => scenario with { Request = request with { Purpose = remedy.Value! } },
            RemedyKind.ObtainConsent => scenario with { Facts = facts with { Consents = facts.Consents.Add(FreshConsent(scenario, name!)) } },
            RemedyKind.WaitUntil => Later(scenario, DateTimeOffset.Parse(remedy.Value!, CultureInfo.InvariantCulture)),
            RemedyKind.CorrectRecord when remedy.Value == "protected" => scenario with { Facts = facts with { Protected = remedy.Detail == "true" } },
            RemedyKind.CorrectRecord => scenario with { Facts = facts with { Commune = remedy.Detail } },
            RemedyKind.ResumeSystem => scenario with { Facts = facts with { SystemSuspended = false } },
            RemedyKind.RegisterSubject => scenario with { Facts = facts with { SubjectKnown = true } },
            RemedyKind.RegisterSystem => scenario with { Book = BookChanges.WithSystem(book, request.System) },
            RemedyKind.PublishRule => scenario with { Book = BookChanges.WithRule(book, request, name!) },
            RemedyKind.LiftRule => scenario with { Book = book with { Rules = book.Rules.RemoveAll(rule => rule.Id == remedy.Value) } },
            _ => throw new ArgumentOutOfRangeException(nameof(remedy)),
        };
    }

    private static Official SomeOfficial { get; } = new() { Reference = "any", Role = "any" };

    private static ConsentFact FreshConsent(Scenario scenario, string name) => new()
    {
        Id = Guid.Empty,
        Purpose = scenario.Request.Purpose,
        Targets = [name],
        State = ConsentState.Granted,
        ValidFrom = scenario.Now,
        ValidTo = DateTimeOffset.MaxValue,
    };

    private static Scenario Later(Scenario scenario, DateTimeOffset then)
    {
        var (before, after) = (CivilTime.Day(scenario.Now), CivilTime.Day(then));
        var usage = scenario.Facts.Usage.Select(fact => new UsageFact(
            fact.Purpose,
            before == after ? fact.Day : 0,
            before.Year == after.Year && before.Month == after.Month ? fact.Month : 0,
            before.Year == after.Year ? fact.Year : 0));
        return scenario with { Now = then, Facts = scenario.Facts with { Usage = [.. usage] } };
    }
}

/// <summary>Changes that only a rule owner can make, as the search for remedies tries them.</summary>
internal static class BookChanges
{
    public static RuleBook WithSystem(RuleBook book, string system) => book with
    {
        Systems = book.Systems.Add(new SectorSystem
        {
            Id = system,
            Organisation = system,
            Name = new LocalText { Vi = system, En = system },
        }),
    };

    public static RuleBook WithRule(RuleBook book, DisclosureRequest request, string name) => book with
    {
        Purposes = book.Purpose(request.Purpose) is not null
            ? book.Purposes
            : book.Purposes.Add(new Purpose
            {
                Code = request.Purpose,
                Name = new LocalText { Vi = request.Purpose, En = request.Purpose },
                Description = new LocalText { Vi = request.Purpose, En = request.Purpose },
                Ground = "",
                Article = "",
            }),
        Rules = book.Rules.Add(new Rule
        {
            Id = "",
            Version = 1,
            Effect = Effect.Permit,
            Name = new LocalText { Vi = name, En = name },
            Article = "",
            Targets = [name],
            When = [new SystemCondition([request.System]), new PurposeCondition([request.Purpose])],
        }),
    };
}
