using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Load.Peer.Sql;

/// <summary>A request that is well formed and whose system is known.</summary>
internal sealed record PeerRequest(Guid Id, DateTimeOffset At, string System, PeerAsk Ask, PeerTerms?[] Terms)
{
    /// <summary>The organisation that consents name.</summary>
    public string Organisation => Array.Find(Terms, terms => terms is not null)?.Organisation ?? "";
}

/// <summary>The outcome for one attribute, as the audit row keeps it.</summary>
internal sealed record PeerDecided(string Target, string Reason, Guid? Consent);

/// <summary>The decision in code: who may have what of this citizen now.</summary>
internal static class PeerDecision
{
    private const string NoTerms = "rule.none";

    public static PeerItem[] Decide(PeerRequest request, HeldCitizen? citizen, HeldConsent? consent)
    {
        var items = new PeerItem[request.Ask.Attributes.Length];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = request.Terms[index] is { } terms
                ? Item(request.Ask.Attributes[index], terms, Judge(request, terms, citizen, consent), consent?.Id, citizen)
                : Unknown(request.Ask.Attributes[index]);
        }

        return items;
    }

    public static string Outcome(PeerItem[] items)
    {
        var released = items.Count(item => item.Held is not null);
        return released == 0 ? "denied" : released == items.Length ? "permitted" : "partlyPermitted";
    }

    public static PeerDecided[] Audited(PeerItem[] items) => Array.ConvertAll(items, item => new PeerDecided(item.Target, item.Reason, item.ConsentId));

    public static PeerItem Released(string target, PeerTerms terms, Guid? consent, HeldValue? value) => new()
    {
        Target = target,
        Outcome = "released",
        Value = value?.V,
        Text = value is null ? null : CodeTexts.Of(terms.Attribute, value.V),
        Held = value is not null,
        Source = value?.S,
        AsOf = value?.A,
        Rule = terms.Grounds[Reason.Permitted].Rule,
        ConsentId = terms.NeedsConsent ? consent : null,
        Reason = terms.Grounds[Reason.Permitted].Reason,
        Remedies = [],
        Explanation = terms.Grounds[Reason.Permitted].Explanation,
    };

    private static Reason Judge(PeerRequest request, PeerTerms terms, HeldCitizen? citizen, HeldConsent? consent)
    {
        if (citizen is not null && ((citizen.Protected && terms.NeverOfProtected) || citizen.IsOwn(request.Ask.Subject.PersonalId, request.Ask.Official?.PersonalId)))
        {
            return Reason.Forbidden;
        }

        if (terms.NeedsConsent && OfConsent(request, citizen, consent) is var reason && reason != Reason.Permitted)
        {
            return reason;
        }

        return terms.NeedsOfficial && request.Ask.Official is null ? Reason.OfficialMissing
            : terms.CaseReference is { } pattern && !pattern.IsMatch(request.Ask.CaseReference ?? "") ? Reason.CaseReferenceMissing
            : citizen is null ? Reason.SubjectUnknown
            : Reason.Permitted;

        Reason OfConsent(PeerRequest asked, HeldCitizen? of, HeldConsent? held) => held switch
        {
            _ when of is { Status: not CitizenStatus.Active } => Reason.ConsentWithoutEffect,
            null => Reason.ConsentMissing,
            _ when !held.Targets.Contains(terms.Attribute.Path) => Reason.ConsentMissing,
            { State: ConsentState.Refused } => Reason.ConsentRefused,
            { State: ConsentState.Withdrawn } => Reason.ConsentWithdrawn,
            _ when asked.At < held.ValidFrom => Reason.ConsentNotYetValid,
            _ when asked.At >= held.ValidTo => Reason.ConsentExpired,
            { LimitCount: { } count } when held.Used >= count => Reason.ConsentExhausted,
            _ => Reason.Permitted,
        };
    }

    private static PeerItem Item(string target, PeerTerms terms, Reason reason, Guid? consent, HeldCitizen? citizen) => reason == Reason.Permitted
        ? Released(target, terms, consent, citizen!.Attributes.GetValueOrDefault(target))
        : Denied(target, terms.Grounds[reason]);

    private static PeerItem Unknown(string target) =>
        Denied(target, new PeerGrounds(NoTerms, null, [], Explanation.Of(Reason.NoRule, AttributeCatalogue.Shipped.Label(target), null, [])));

    private static PeerItem Denied(string target, PeerGrounds grounds) => new()
    {
        Target = target,
        Outcome = "denied",
        Value = null,
        Text = null,
        Held = null,
        Source = null,
        AsOf = null,
        Rule = grounds.Rule,
        ConsentId = null,
        Reason = grounds.Reason,
        Remedies = grounds.Remedies,
        Explanation = grounds.Explanation,
    };
}
