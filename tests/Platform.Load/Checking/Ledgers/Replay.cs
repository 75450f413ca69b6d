using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Citizens;

namespace Platform.Load.Checking.Ledgers;

/// <summary>Goes through one ledger in its own order and decides everything again: what an entry says must follow from the entries before it.</summary>
internal sealed class Replay(PersonalId subject)
{
    private readonly HashSet<Guid> _imported = [];
    private readonly Dictionary<Guid, Consent> _given = [];
    private CitizenRecord _record = new() { PersonalId = subject };

    public CitizenRecord Record => _record;

    public UsageCounts Usage { get; private set; } = UsageCounts.None;

    /// <summary>The rule that the entry breaks and how, or nothing.</summary>
    public (string Rule, string What)? Next(LedgerEntry entry, Body body)
    {
        var finding = body switch
        {
            { Import: { } import } => Imported(import),
            { Disclosure: { } disclosure } => Disclosed(entry, disclosure),
            { Consent: { } consent } when entry.Kind == LedgerKinds.ConsentWithdrawn => Withdrawn(consent.Consent),
            { Consent: { } consent } => Decided(consent.Consent),
            _ => null,
        };
        Usage = Usage.Add(entry.Tag, CivilTime.Day(entry.At));
        return finding;
    }

    private (string, string)? Imported(ImportBody import)
    {
        _imported.UnionWith(import.Consents);
        return null;
    }

    private (string, string)? Decided(Consent consent)
    {
        if (!_given.TryAdd(consent.Id, consent))
        {
            return ("replay.consent", "The consent was decided before.");
        }

        _record = _record.WithConsent(consent);
        return null;
    }

    private (string, string)? Withdrawn(Consent consent)
    {
        if (_imported.Contains(consent.Id))
        {
            return null;
        }

        if (!_given.ContainsKey(consent.Id) || _record.Consents.FirstOrDefault(held => held.Id == consent.Id) is not { State: ConsentState.Granted })
        {
            return ("replay.consent", "A consent is withdrawn that was not in force.");
        }

        _record = _record.WithoutConsent(consent.Id, entryTime(consent));
        return null;

        static DateTimeOffset entryTime(Consent withdrawn) => withdrawn.WithdrawnAt ?? withdrawn.DecidedAt;
    }

    private (string, string)? Disclosed(LedgerEntry entry, DisclosureBody body)
    {
        var expected = SharingFacts.Project(_record, body.Request, RuleBook.Shipped, Usage, body.Facts.SystemSuspended, null, entry.At);
        foreach (var consent in body.Decision.ConsentsUsed().Where(consent => !_imported.Contains(consent)))
        {
            if (expected.Consents.FirstOrDefault(fact => fact.Id == consent) is not { } fact)
            {
                return ("replay.consent", "The release rests on a consent that the ledger does not have before it.");
            }

            if (fact.State != ConsentState.Granted)
            {
                return ("replay.consent", "The release rests on a consent that was withdrawn before it.");
            }

            if (fact.Limit is { } limit && fact.Used >= limit.Count)
            {
                return ("replay.uses", $"The release rests on a consent for {limit.Count} uses that was used {fact.Used} times before it.");
            }
        }

        if (!SameConsents(body.Facts, expected))
        {
            return ("replay.facts", "The decision was taken on other consents, or other counts of their uses, than the ledger has before it.");
        }

        if (!body.Facts.Usage.AsSpan().SequenceEqual(expected.Usage.AsSpan()))
        {
            return ("replay.uses", "The decision was taken on other counts of uses than the ledger has before it.");
        }

        var tag = body.Decision.Outcome == Outcome.Denied ? "" : UsageCounts.Tag(body.Request.System, body.Request.Purpose, body.Decision.ConsentsUsed());
        if (entry.Tag != tag)
        {
            return ("replay.tag", "What limits count is not what was decided.");
        }

        // A book that the run published is not known here; the facts were compared all the same.
        return body.Decision.RuleBook == RuleBook.Shipped.Number
            && DomainJson.Write(SharingRules.Decide(body.Request, body.Facts, RuleBook.Shipped, entry.At)) != DomainJson.Write(body.Decision)
                ? ("replay.decision", "The rules decide otherwise on the facts in the entry.")
                : null;
    }

    // Of imported consents the ledger has no more than the names.
    private bool SameConsents(SharingFacts told, SharingFacts expected)
    {
        var known = told.Consents.Where(fact => !_imported.Contains(fact.Id)).Select(DomainJson.Write);
        return known.SequenceEqual(expected.Consents.Select(DomainJson.Write));
    }
}
