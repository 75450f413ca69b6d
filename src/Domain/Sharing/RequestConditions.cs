using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Platform.Domain.Sharing;

/// <summary>The asking system is one of these.</summary>
public sealed record SystemCondition(ImmutableArray<string> AnyOf) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name) =>
        AnyOf.Contains(scenario.Request.System) ? Finding.Met : Finding.Unmet(Reason.NoRule, null);

    internal override bool MayHoldFor(SectorSystem system, Purpose purpose) => AnyOf.Contains(system.Id);
}

/// <summary>The asking system belongs to one of these organisations.</summary>
public sealed record OrganisationCondition(ImmutableArray<string> AnyOf) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name) =>
        scenario.Book.System(scenario.Request.System) is { } system && AnyOf.Contains(system.Organisation)
            ? Finding.Met
            : Finding.Unmet(Reason.NoRule, null);

    internal override bool MayHoldFor(SectorSystem system, Purpose purpose) => AnyOf.Contains(system.Organisation);
}

/// <summary>The request is made under one of these purposes.</summary>
public sealed record PurposeCondition(ImmutableArray<string> AnyOf) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name) =>
        AnyOf.Contains(scenario.Request.Purpose)
            ? Finding.Met
            : Finding.Unmet(Reason.PurposeNotCovered, AnyOf.IsEmpty ? null : new Remedy(RemedyKind.UsePurpose, AnyOf[0]));

    internal override bool MayHoldFor(SectorSystem system, Purpose purpose) => AnyOf.Contains(purpose.Code);
}

/// <summary>The purpose of the request rests on one of these legal grounds.</summary>
public sealed record GroundCondition(ImmutableArray<string> AnyOf) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        if (Tell(scenario, name) == Holds.Yes)
        {
            return Finding.Met;
        }

        var fitting = scenario.Book.Purposes.FirstOrDefault(candidate => AnyOf.Contains(candidate.Ground));
        return Finding.Unmet(Reason.PurposeNotCovered, fitting is null ? null : new Remedy(RemedyKind.UsePurpose, fitting.Code));
    }

    // Looking for a purpose that fits costs much more.
    internal override Holds Tell(Scenario scenario, string name) =>
        scenario.Book.Purpose(scenario.Request.Purpose) is { } purpose && AnyOf.Contains(purpose.Ground) ? Holds.Yes : Holds.No;

    internal override bool MayHoldFor(SectorSystem system, Purpose purpose) => AnyOf.Contains(purpose.Ground);
}

/// <summary>The official behind the request is logged in with at least this e-ID level.</summary>
public sealed record IdentityLevelCondition(int AtLeast) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        if (scenario.Request.Official is not { } official)
        {
            return Finding.Unknown(Reason.IdentityLevelTooLow, new Remedy(RemedyKind.NameOfficial));
        }

        if (official.IdentityLevel >= AtLeast)
        {
            return Finding.Met;
        }

        var remedy = new Remedy(RemedyKind.RaiseIdentityLevel, AtLeast.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return official.IdentityLevel is null ? Finding.Unknown(Reason.IdentityLevelTooLow, remedy) : Finding.Unmet(Reason.IdentityLevelTooLow, remedy);
    }
}

/// <summary>An official is named.</summary>
public sealed record OfficialCondition : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name) =>
        scenario.Request.Official is not null ? Finding.Met : Finding.Unmet(Reason.OfficialMissing, new Remedy(RemedyKind.NameOfficial));
}

/// <summary>A case reference is given that has the form of the pattern from its first to its last character.</summary>
public sealed record CaseReferenceCondition(string Pattern, string Example) : Condition
{
    private readonly Lazy<Regex> _regex = new(() => Compile(Pattern));

    internal override Finding Evaluate(Scenario scenario, string name)
    {
        var remedy = new Remedy(RemedyKind.GiveCaseReference, Example, Pattern);
        return scenario.Request.CaseReference switch
        {
            null => Finding.Unmet(Reason.CaseReferenceMissing, remedy),
            { } reference when Matches(reference) => Finding.Met,
            _ => Finding.Unmet(Reason.CaseReferenceMalformed, remedy),
        };
    }

    internal bool Matches(string reference) => _regex.Value.IsMatch(reference);

    // The frame matters: a "$" alone would let a line break follow.
    internal static Regex Compile(string pattern) => Alone($@"\A(?:{pattern})\z");

    // Linear-time matching: a pattern in a rule book can never stall a silo.
    internal static Regex Alone(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
