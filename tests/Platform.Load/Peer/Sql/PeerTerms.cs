using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Load.Peer.Sql;

/// <summary>
/// What the shipped rule book says of one attribute for one system and purpose, worked out once at the start, as somebody would who writes the rules
/// into the program: no rule book is evaluated at a request, and every text is made already.
/// </summary>
internal sealed record PeerTerms
{
    public required string Organisation { get; init; }

    public required AttributeDefinition Attribute { get; init; }

    public required bool NeedsConsent { get; init; }

    public required bool NeedsOfficial { get; init; }

    public required Regex? CaseReference { get; init; }

    public required bool NeverOfProtected { get; init; }

    /// <summary>What an answer says besides the value, by the reason of the outcome.</summary>
    public required FrozenDictionary<Reason, PeerGrounds> Grounds { get; init; }

    /// <summary>The terms by system, purpose and attribute path.</summary>
    public static FrozenDictionary<(string System, string Purpose, string Path), PeerTerms> All(RuleBook book) =>
        (from system in book.Systems
         from purpose in book.Purposes
         from attribute in AttributeCatalogue.Shipped.Attributes.Values
         where attribute.DocumentKind is null
         let terms = Of(book, system, purpose, attribute)
         where terms is not null
         select ((system.Id, purpose.Code, attribute.Path), terms)).ToFrozenDictionary(pair => pair.Item1, pair => pair.terms);

    private static PeerTerms? Of(RuleBook book, SectorSystem system, Purpose purpose, AttributeDefinition attribute)
    {
        var permit = book.Rules.FirstOrDefault(rule => rule.Effect == Effect.Permit && rule.Covers(attribute.Path) && IsFor(rule, system, purpose));
        var forbids = book.Rules.Where(rule => rule.Effect == Effect.Forbid && rule.Covers(attribute.Path) && IsFor(rule, system, purpose)).ToArray();
        var ofProtected = Array.Find(forbids, rule => rule.When.OfType<ProtectedPersonCondition>().Any());
        var ofOwn = Array.Find(forbids, rule => rule.When.OfType<RelationCondition>().Any());
        if (permit is null || !permit.When.All(IsKnown) || forbids.Any(rule => rule != ofProtected && rule != ofOwn))
        {
            return null;
        }

        Remedy[] consent = [new Remedy(RemedyKind.ObtainConsent, system.Organisation, purpose.Code)];
        var grounds = new Dictionary<Reason, PeerGrounds>
        {
            [Reason.Permitted] = PeerGrounds.Of(Reason.Permitted, attribute.Path, permit, []),
            [Reason.Forbidden] = PeerGrounds.Of(Reason.Forbidden, attribute.Path, ofProtected ?? ofOwn ?? permit, []),
            [Reason.SubjectUnknown] = PeerGrounds.Of(Reason.SubjectUnknown, attribute.Path, null, [new Remedy(RemedyKind.RegisterSubject)]),
            [Reason.OfficialMissing] = PeerGrounds.Of(Reason.OfficialMissing, attribute.Path, permit, [new Remedy(RemedyKind.NameOfficial)]),
            [Reason.CaseReferenceMissing] = PeerGrounds.Of(Reason.CaseReferenceMissing, attribute.Path, permit, []),
            [Reason.ConsentWithoutEffect] = PeerGrounds.Of(Reason.ConsentWithoutEffect, attribute.Path, permit, []),
        };
        foreach (var reason in (Reason[])
            [Reason.ConsentMissing, Reason.ConsentRefused, Reason.ConsentWithdrawn, Reason.ConsentExpired, Reason.ConsentNotYetValid, Reason.ConsentExhausted])
        {
            grounds[reason] = PeerGrounds.Of(reason, attribute.Path, permit, consent);
        }

        return new PeerTerms
        {
            Organisation = system.Organisation,
            Attribute = attribute,
            NeedsConsent = permit.When.OfType<ConsentCondition>().Any(),
            NeedsOfficial = permit.When.OfType<OfficialCondition>().Any(),
            CaseReference = permit.When.OfType<CaseReferenceCondition>().FirstOrDefault() is { } pattern
                ? new Regex($@"\A(?:{pattern.Pattern})\z", RegexOptions.CultureInvariant | RegexOptions.Compiled)
                : null,
            NeverOfProtected = ofProtected is not null,
            Grounds = grounds.ToFrozenDictionary(),
        };
    }

    private static bool IsFor(Rule rule, SectorSystem system, Purpose purpose) => rule.When.All(condition => condition switch
    {
        SystemCondition of => of.AnyOf.Contains(system.Id),
        OrganisationCondition of => of.AnyOf.Contains(system.Organisation),
        PurposeCondition of => of.AnyOf.Contains(purpose.Code),
        GroundCondition of => of.AnyOf.Contains(purpose.Ground),
        _ => true,
    });

    private static bool IsKnown(Condition condition) =>
        condition is SystemCondition or OrganisationCondition or PurposeCondition or GroundCondition or ConsentCondition or OfficialCondition or CaseReferenceCondition;
}

/// <summary>The rule, the remedies and the sentence of an outcome; the same for everybody who gets it.</summary>
internal sealed record PeerGrounds(string Reason, PeerRule? Rule, PeerRemedy[] Remedies, LocalText Explanation)
{
    public static PeerGrounds Of(Reason reason, string path, Rule? rule, Remedy[] remedies) => new(
        reason.Code(),
        rule is null ? null : new PeerRule(rule.Id, rule.Version, rule.Article),
        [.. remedies.Select(remedy => new PeerRemedy(remedy.Kind.Code(), remedy.Value, remedy.Detail))],
        Domain.Sharing.Explanation.Of(reason, AttributeCatalogue.Shipped.Label(path), rule?.Article, remedies));
}
