using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>The citizen's own consent to the organisation, for the purpose of the request, covers the target and counts now.</summary>
public sealed record ConsentCondition : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        var (request, facts, book, now) = scenario;
        if (facts.Status != CitizenStatus.Active)
        {
            return Finding.Unmet(Reason.ConsentWithoutEffect, null);
        }

        var reason = Reason.ConsentMissing;
        Guid? granted = null;
        foreach (var consent in facts.Consents)
        {
            if (consent.Purpose != request.Purpose || !consent.Targets.Contains(name))
            {
                continue;
            }

            // Consents stand in the order in which the citizen spoke: of those that count the first is used, but a later refusal ends them.
            if (WhyNot(consent, now) is not { } unmet)
            {
                granted ??= consent.Id;
                continue;
            }

            granted = unmet == Reason.ConsentRefused ? null : granted;
            reason = unmet;
        }

        return granted is { } id
            ? Finding.MetBy(id)
            : Finding.Unmet(reason, new Remedy(RemedyKind.ObtainConsent, book.System(request.System)?.Organisation, request.Purpose));
    }

    private static Reason? WhyNot(ConsentFact consent, DateTimeOffset now) => consent switch
    {
        { State: ConsentState.Refused } => Reason.ConsentRefused,
        { State: ConsentState.Withdrawn } => Reason.ConsentWithdrawn,
        _ when now < consent.ValidFrom => Reason.ConsentNotYetValid,
        _ when now >= consent.ValidTo => Reason.ConsentExpired,
        { Limit: { } limit } when consent.Used >= limit.Count => Reason.ConsentExhausted,
        _ => null,
    };
}

/// <summary>The citizen's permanent residence is in one of these communes.</summary>
public sealed record AreaCondition(ImmutableArray<string> Communes) : Condition
{
    private const string Path = "residence.permanent.commune";

    internal override Finding Evaluate(Scenario scenario, string name)
    {
        var remedy = Communes.IsEmpty ? null : new Remedy(RemedyKind.CorrectRecord, Path, Communes[0]);
        return scenario.Facts.Commune switch
        {
            null => Finding.Unknown(Reason.OutsideArea, remedy),
            { } commune when Communes.Contains(commune) => Finding.Met,
            _ => Finding.Unmet(Reason.OutsideArea, remedy),
        };
    }
}

/// <summary>The official stands to the citizen in one of these relations.</summary>
public sealed record RelationCondition(ImmutableArray<Relation> AnyOf) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        // Without an official nobody stands in any relation; an official whose number is unknown leaves it open.
        if (scenario.Request.Official is null)
        {
            return Finding.Unmet(Reason.RelationNotMet, new Remedy(RemedyKind.NameOfficial));
        }

        var remedy = AnyOf.IsEmpty ? null : new Remedy(RemedyKind.UseOtherOfficial, AnyOf[0].ToString().ToLowerInvariant());
        return scenario.Facts.Relation switch
        {
            Relation.Unknown => Finding.Unknown(Reason.RelationNotMet, remedy),
            var relation when AnyOf.Contains(relation) => Finding.Met,
            _ => Finding.Unmet(Reason.RelationNotMet, remedy),
        };
    }

    internal override Remedy? Avoid(Scenario scenario) =>
        AnyOf.Contains(Relation.Other) ? null : new Remedy(RemedyKind.UseOtherOfficial, "other");
}

/// <summary>The citizen is, or is not, specially protected.</summary>
public sealed record ProtectedPersonCondition(bool Is) : Condition
{
    private const string Path = "protected";

    internal override Finding Evaluate(Scenario scenario, string name) =>
        scenario.Facts.Protected == Is
            ? Finding.Met
            : Finding.Unmet(Reason.ProtectionNotMet, new Remedy(RemedyKind.CorrectRecord, Path, Is ? "true" : "false"));

    internal override Remedy? Avoid(Scenario scenario) => new Remedy(RemedyKind.CorrectRecord, Path, Is ? "false" : "true");
}
