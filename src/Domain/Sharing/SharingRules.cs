using System.Collections.Immutable;

namespace Platform.Domain.Sharing;

/// <summary>The one place where access is decided.</summary>
public static class SharingRules
{
    /// <summary>
    /// Decides a request: total, deterministic, without I/O. Default is denial, a forbid beats every permit, a missing fact denies, and every
    /// refusal names the changes that would turn it around.
    /// </summary>
    public static Decision Decide(DisclosureRequest request, SharingFacts facts, RuleBook book, DateTimeOffset now)
    {
        var scenario = new Scenario(request, facts, book, now);
        var targets = ImmutableArray.CreateBuilder<TargetDecision>(request.Targets.Length);
        foreach (var target in request.Targets)
        {
            targets.Add(DecideTarget(scenario, target));
        }

        var released = targets.Count(target => target.Released);
        return new Decision
        {
            Outcome = released == 0 ? Outcome.Denied : released == targets.Count ? Outcome.Permitted : Outcome.PartlyPermitted,
            RuleBook = book.Number,
            Targets = targets.MoveToImmutable(),
        };
    }

    private static TargetDecision DecideTarget(Scenario scenario, string target)
    {
        var name = Target.Parse(target).Name;
        var verdict = Judge(scenario, name, Closest);
        return new TargetDecision
        {
            Target = target,
            Released = verdict.Reason == Reason.Permitted,
            Reason = verdict.Reason,
            Rule = verdict.Rule?.Id,
            RuleVersion = verdict.Rule?.Version,
            Article = verdict.Rule?.Article,
            Consent = verdict.Consent,
            Remedies = verdict.Reason == Reason.Permitted ? [] : RemedySearch.Find(scenario, name),
        };
    }

    /// <summary>Whether a target is permitted, for those who do not need to know why not.</summary>
    internal static bool Permits(Scenario scenario, string name) => Judge(scenario, name, static (_, _) => new Verdict(Reason.NoRule)).Reason == Reason.Permitted;

    // The checks in their order: who asks, for what, about whom; then forbids; then permits.
    private static Verdict Judge(Scenario scenario, string name, Func<Scenario, string, Verdict> otherwise)
    {
        var (request, facts, book, _) = scenario;
        if (book.System(request.System) is not { } system)
        {
            return new Verdict(Reason.SystemUnknown);
        }

        if (facts.SystemSuspended)
        {
            return new Verdict(Reason.SystemSuspended);
        }

        if (book.Purpose(request.Purpose) is not { } purpose)
        {
            return new Verdict(Reason.PurposeUnknown);
        }

        var applicable = book.Applicable(system, purpose, name);
        if (ForbiddenBy(scenario, applicable, name) is { } forbid)
        {
            return new Verdict(Reason.Forbidden, forbid);
        }

        if (Permit(scenario, applicable, name) is not { } verdict)
        {
            return otherwise(scenario, name);
        }

        return !facts.SubjectKnown ? new Verdict(Reason.SubjectUnknown)
            : facts.SystemQuotaExhausted == true ? new Verdict(Reason.SystemQuotaExhausted)
            : verdict;
    }

    /// <summary>The first forbid whose conditions all hold or cannot be told, or null.</summary>
    internal static Rule? ForbiddenBy(Scenario scenario, string name) => ForbiddenBy(scenario, scenario.Book.Covering(name), name);

    private static Rule? ForbiddenBy(Scenario scenario, ImmutableArray<Rule> rules, string name)
    {
        foreach (var rule in rules)
        {
            if (rule.Effect == Effect.Forbid && MayHold(scenario, rule, name))
            {
                return rule;
            }
        }

        return null;
    }

    private static bool MayHold(Scenario scenario, Rule rule, string name)
    {
        foreach (var condition in rule.When)
        {
            if (condition.Tell(scenario, name) == Sharing.Holds.No)
            {
                return false;
            }
        }

        return true;
    }

    // Of several permits the one that needs no consent wins, so that no consent is used up where none is needed.
    private static Verdict? Permit(Scenario scenario, ImmutableArray<Rule> rules, string name)
    {
        Verdict? byConsent = null;
        foreach (var rule in rules)
        {
            if (rule.Effect == Effect.Permit && Holds(scenario, rule, name, out var consent))
            {
                if (consent is null)
                {
                    return new Verdict(Reason.Permitted, rule);
                }

                byConsent ??= new Verdict(Reason.Permitted, rule, consent);
            }
        }

        return byConsent;
    }

    private static bool Holds(Scenario scenario, Rule rule, string name, out Guid? consent)
    {
        consent = null;
        foreach (var condition in rule.When)
        {
            Holds holds;
            if (condition is ConsentCondition)
            {
                var finding = condition.Evaluate(scenario, name);
                (holds, consent) = (finding.Holds, finding.Consent ?? consent);
            }
            else
            {
                holds = condition.Tell(scenario, name);
            }

            if (holds != Sharing.Holds.Yes)
            {
                return false;
            }
        }

        return true;
    }

    // Why nothing permits it: what is missing for the rule that comes closest. Nearly all rules are somebody else's, and one condition tells.
    private static Verdict Closest(Scenario scenario, string name)
    {
        Verdict? closest = null;
        var fewest = int.MaxValue;
        foreach (var rule in scenario.Book.Covering(name))
        {
            if (rule.Effect == Effect.Permit && Missing(scenario, rule, name, fewest) is var (distance, reason) && distance < fewest)
            {
                fewest = distance;
                closest = new Verdict(reason, reason == Reason.NoRule ? null : rule);
            }
        }

        return closest ?? new Verdict(Reason.NoRule);
    }

    // What does not hold weighs together, up to the limit; the reason is that of the heaviest, the first of equals.
    private static (int Distance, Reason Reason) Missing(Scenario scenario, Rule rule, string name, int limit)
    {
        var (distance, heaviest, reason) = (0, 0, Reason.Permitted);
        foreach (var condition in rule.When)
        {
            if (condition.Evaluate(scenario, name) is not { Holds: not Sharing.Holds.Yes } finding)
            {
                continue;
            }

            var weight = Weight(finding);
            distance += weight;
            if (weight > heaviest)
            {
                (heaviest, reason) = (weight, finding.Reason);
            }

            if (distance >= limit)
            {
                break;
            }
        }

        return (distance, reason);
    }

    /// <summary>The first condition of a rule that does not hold, or null.</summary>
    internal static Finding? FirstUnmet(Scenario scenario, Rule rule, string name)
    {
        foreach (var condition in rule.When)
        {
            if (condition.Evaluate(scenario, name) is { Holds: not Sharing.Holds.Yes } finding)
            {
                return finding;
            }
        }

        return null;
    }

    /// <summary>How far a rule is from holding, or null if something is missing that nothing can change.</summary>
    internal static int? Reach(Scenario scenario, Rule rule, string name)
    {
        var distance = 0;
        foreach (var condition in rule.When)
        {
            if (condition.Evaluate(scenario, name) is { Holds: not Sharing.Holds.Yes } finding)
            {
                if (finding.Remedy is null)
                {
                    return null;
                }

                distance += Weight(finding);
            }
        }

        return distance;
    }

    // A rule for another system is farther away than any for this one, one for another purpose farther than any for this purpose.
    private static int Weight(Finding finding) => finding.Reason switch
    {
        Reason.NoRule => 10_000,
        Reason.PurposeNotCovered => 100,
        _ => 1,
    };
}

/// <summary>What was found for one target: the reason, the rule that decided and the consent it rests on.</summary>
internal sealed record Verdict(Reason Reason, Rule? Rule = null, Guid? Consent = null);
