namespace Platform.Domain.Sharing;

/// <summary>What a consent could open by a rule book, whoever the citizen and whatever the case.</summary>
public static class ConsentReach
{
    /// <summary>
    /// Whether there is a request of the system for the purpose that a consent to the target would open: a permit that rests on consent covers it, and no
    /// forbid that always holds for this system and purpose.
    /// </summary>
    public static bool Opens(RuleBook book, SectorSystem system, Purpose purpose, string target) =>
        book.Rules.Any(rule => rule.Effect == Effect.Permit
            && rule.Covers(target)
            && rule.When.Any(condition => condition is ConsentCondition)
            && rule.When.All(condition => IsMet(condition, system, purpose) ?? true))
        && !book.Rules.Any(rule => rule.Effect == Effect.Forbid
            && rule.Covers(target)
            && rule.When.All(condition => IsMet(condition, system, purpose) ?? false));

    // Null where it depends on more than who asks and for what.
    private static bool? IsMet(Condition condition, SectorSystem system, Purpose purpose) => condition switch
    {
        SystemCondition systems => systems.AnyOf.Contains(system.Id),
        OrganisationCondition organisations => organisations.AnyOf.Contains(system.Organisation),
        PurposeCondition purposes => purposes.AnyOf.Contains(purpose.Code),
        GroundCondition grounds => grounds.AnyOf.Contains(purpose.Ground),
        _ => null,
    };
}
