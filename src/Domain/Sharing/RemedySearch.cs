using System.Collections.Immutable;
using Platform.Domain.Citizens;

namespace Platform.Domain.Sharing;

/// <summary>Finds changes that turn a refusal around; a set of changes is only ever named after it was tried and the target came out permitted.</summary>
internal static class RemedySearch
{
    private const int CandidatesTried = 16;
    private const int ForbidsAvoided = 8;

    public static ImmutableArray<Remedy> Find(Scenario scenario, string name)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var start = Admit(scenario, remedies);
        if (SharingRules.Permits(start, name))
        {
            return remedies.ToImmutable();
        }

        foreach (var rule in Candidates(start, name))
        {
            if (TryRule(start, rule, name) is { } found)
            {
                return remedies.ToImmutable().AddRange(Fewest(start, found, name));
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
            scenario = RemedyChanges.Apply(scenario, remedy, name: null);
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

        if (scenario.Facts.SystemQuotaExhausted == true)
        {
            Apply(HoursCondition.Wait(CivilTime.StartOf(CivilTime.Day(scenario.Now).AddDays(1))));
        }

        return scenario;
    }

    private static IEnumerable<Rule> Candidates(Scenario scenario, string name) => scenario.Book.Covering(name)
        .Where(rule => rule.Effect == Effect.Permit)
        .Select(rule => (rule, distance: SharingRules.Reach(scenario, rule, name)))
        .Where(candidate => candidate.distance is not null)
        .OrderBy(candidate => candidate.distance)
        .Take(CandidatesTried)
        .Select(candidate => candidate.rule);

    private static ImmutableArray<Remedy>? TryRule(Scenario scenario, Rule rule, string name)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();

        // A change can open the next gap (another purpose needs another consent, a later day other hours), so gaps are closed until none is left.
        for (var round = 0; round <= (2 * rule.When.Length) + ForbidsAvoided; round++)
        {
            var gap = SharingRules.FirstUnmet(scenario, rule, name) is { } first ? first.Remedy : Avoid(scenario, name);
            if (gap is null)
            {
                return SharingRules.Permits(scenario, name) ? remedies.ToImmutable() : null;
            }

            // Closing the same gap twice would run in a circle: the conditions contradict each other.
            if (remedies.Contains(gap))
            {
                return null;
            }

            remedies.Add(gap);
            scenario = RemedyChanges.Apply(scenario, gap, name);
        }

        return null;
    }

    // A later change can make an earlier one needless, such as a consent for a purpose that turned out to be the wrong one.
    private static ImmutableArray<Remedy> Fewest(Scenario scenario, ImmutableArray<Remedy> remedies, string name)
    {
        foreach (var remedy in remedies)
        {
            var rest = remedies.Remove(remedy);
            var after = rest.Aggregate(scenario, (current, change) => RemedyChanges.Apply(current, change, name));
            if (SharingRules.Permits(after, name))
            {
                remedies = rest;
            }
        }

        return remedies;
    }

    private static Remedy? Avoid(Scenario scenario, string name)
    {
        if (SharingRules.ForbiddenBy(scenario, name) is not { } forbid)
        {
            return null;
        }

        foreach (var condition in forbid.When)
        {
            if (condition.Avoid(scenario) is { } remedy && condition.Evaluate(RemedyChanges.Apply(scenario, remedy, name), name).Holds == Holds.No)
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
        scenario = RemedyChanges.Apply(scenario, publish, name);
        while (SharingRules.ForbiddenBy(scenario, name) is { } forbid)
        {
            var lift = new Remedy(RemedyKind.LiftRule, forbid.Id);
            remedies.Add(lift);
            scenario = RemedyChanges.Apply(scenario, lift, name);
        }

        return remedies.ToImmutable();
    }
}
