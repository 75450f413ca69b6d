using System.Text.Json.Serialization;

namespace Platform.Domain.Sharing;

/// <summary>One condition of a rule, from a closed vocabulary, so that rule books can be analysed and replayed and not only evaluated.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SystemCondition), "system")]
[JsonDerivedType(typeof(OrganisationCondition), "organisation")]
[JsonDerivedType(typeof(PurposeCondition), "purpose")]
[JsonDerivedType(typeof(GroundCondition), "ground")]
[JsonDerivedType(typeof(ConsentCondition), "consent")]
[JsonDerivedType(typeof(IdentityLevelCondition), "identityLevel")]
[JsonDerivedType(typeof(OfficialCondition), "official")]
[JsonDerivedType(typeof(CaseReferenceCondition), "caseReference")]
[JsonDerivedType(typeof(AreaCondition), "area")]
[JsonDerivedType(typeof(HoursCondition), "hours")]
[JsonDerivedType(typeof(QuotaCondition), "quota")]
[JsonDerivedType(typeof(RelationCondition), "relation")]
[JsonDerivedType(typeof(ProtectedPersonCondition), "protectedPerson")]
public abstract record Condition
{
    /// <summary>Evaluates the condition for one target name.</summary>
    internal abstract Finding Evaluate(Scenario scenario, string name);

    /// <summary>Only whether the condition holds, for those who do not need to know why not.</summary>
    internal virtual Holds Tell(Scenario scenario, string name) => Evaluate(scenario, name).Holds;

    /// <summary>False only if the condition holds for no request of the system for the purpose, whatever else is the case.</summary>
    internal virtual bool MayHoldFor(SectorSystem system, Purpose purpose) => true;

    /// <summary>A change after which the condition would no longer hold, or null if only a rule owner could bring that about.</summary>
    internal virtual Remedy? Avoid(Scenario scenario) => null;
}

internal enum Holds
{
    No,
    Yes,
    Unknown,
}

/// <summary>The outcome of one condition; where it does not hold: why, and what would make it hold (null: nothing the caller can do).</summary>
internal readonly record struct Finding(Holds Holds, Reason Reason, Remedy? Remedy, Guid? Consent)
{
    public static Finding Met { get; } = new(Holds.Yes, Reason.Permitted, null, null);

    public static Finding MetBy(Guid consent) => new(Holds.Yes, Reason.Permitted, null, consent);

    public static Finding Unmet(Reason reason, Remedy? remedy) => new(Holds.No, reason, remedy, null);

    public static Finding Unknown(Reason reason, Remedy? remedy) => new(Holds.Unknown, reason, remedy, null);
}

/// <summary>All that a decision depends on; the search for remedies changes one part at a time.</summary>
internal sealed record Scenario(DisclosureRequest Request, SharingFacts Facts, RuleBook Book, DateTimeOffset Now);
