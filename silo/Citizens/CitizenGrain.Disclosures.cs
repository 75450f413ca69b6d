using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo.Rules;

namespace Platform.Silo.Citizens;

internal sealed partial class CitizenGrain
{
    public async Task<DisclosureAnswer> Disclose(DisclosureCall call)
    {
        Guard();
        var now = Now;
        var current = rules.Current(now);
        var request = Request(call);
        var official = PersonalId.TryParse(call.Official?.PersonalId, out var number) ? number : (PersonalId?)null;
        var (facts, decision) = Decide(request, current, official, now);
        if (decision.Outcome != Outcome.Denied && !await quotas.Take(current.Book.System(call.System)!, CivilTime.Day(now)))
        {
            facts = facts with { SystemQuotaExhausted = true };
            decision = SharingRules.Decide(request, facts, current.Book, now);
        }

        var values = decision.Targets.Select(target => target.Released ? Values(target.Target, decision, now) : []).ToImmutableArray();
        var draft = new EntryDraft
        {
            Id = call.Id,
            Kind = LedgerKinds.Disclosure,
            At = now,
            Tag = decision.Outcome == Outcome.Denied ? "" : UsageCounts.Tag(call.System, call.Purpose, decision.ConsentsUsed()),
            Body = DomainJson.Write(new DisclosureBody(request, facts, decision, decision.Outcome == Outcome.Denied ? null : Digest(call.Id, values))),
        };

        LedgerEntry entry;
        try
        {
            entry = await Append(draft);
        }
        catch (TryAgainException fault) when (fault.Code != TryAgainException.LedgerBusy)
        {
            Abandon();
            throw;
        }

        if (entry.Tag.Length > 0)
        {
            _usage = _usage.Add(entry.Tag, CivilTime.Day(now));
        }

        // A process that was frozen between deciding and now may have slept through a suspension or a new rule book.
        rules.Confirm(current);
        metrics.Answered(current.Book, call.System, decision.Outcome);
        return DisclosureAnswers.From(entry, request, decision, values);
    }

    private (SharingFacts Facts, Decision Decision) Decide(DisclosureRequest request, CurrentRules current, PersonalId? official, DateTimeOffset now)
    {
        var started = metrics.TimesDecisions ? Stopwatch.GetTimestamp() : 0;
        using var trace = traces.Decide();
        var facts = SharingFacts.Project(Record, request, current.Book, _usage, current.IsSuspended(request.System), official, now);
        var decision = SharingRules.Decide(request, facts, current.Book, now);
        trace?.SetTag("platform.outcome", DisclosureMetrics.Name(decision.Outcome));
        if (started != 0)
        {
            metrics.Decided(Stopwatch.GetElapsedTime(started));
        }

        return (facts, decision);
    }

    private static DisclosureRequest Request(DisclosureCall call) => new()
    {
        Id = call.Id,
        System = call.System,
        Purpose = call.Purpose,
        Targets = call.Targets,
        CaseReference = call.CaseReference,
        Official = call.Official is not { } official ? null : new Official
        {
            Reference = PersonalId.TryParse(official.PersonalId, out var id) ? id.ToString() : official.StaffCode ?? "",
            Role = official.Role,
            Unit = official.Unit,
            IdentityLevel = official.IdentityLevel,
        },
    };

    private ImmutableArray<DisclosedValue> Values(string text, Decision decision, DateTimeOffset now)
    {
        var (name, argument) = Target.Parse(text);
        var today = CivilTime.Day(now);
        if (rules.Catalogue.Predicates.ContainsKey(name))
        {
            return [new DisclosedValue { Text = Predicates.Evaluate(Record!, name, argument, today).ToString().ToLowerInvariant() }];
        }

        // The number of the document is itself an attribute: it goes along only where it is released too.
        var kind = rules.Catalogue.Attributes.GetValueOrDefault(name)?.DocumentKind;
        var numbered = kind is not null && decision.Targets.Any(target => target.Released && target.Target == $"document.{kind}.number");
        return
        [
            .. Release.Values(Record!, name, today).Select(value => new DisclosedValue
            {
                Text = value.Text,
                Document = numbered ? value.DocumentNumber : null,
                Source = value.Source,
                AsOf = value.AsOf,
            }),
        ];
    }

    // The disclosure's random identity keeps short values from being guessed out of the digest by those who do not hold the entry.
    private static string Digest(Guid id, ImmutableArray<ImmutableArray<DisclosedValue>> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString("N") + DomainJson.Write(values))));
}
