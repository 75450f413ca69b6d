using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Local;

/// <summary>Finds for each sector system a request that the rules and the citizens' consents permit, by deciding it against the stored records.</summary>
internal sealed class Examples(IGrainFactory grains, IReadOnlyList<PersonalId> people, TimeProvider clock)
{
    private const int MostTargets = 5;
    private readonly PersonalId _official = people[^1];
    private readonly Dictionary<PersonalId, CitizenRecord> _records = [];

    /// <summary>A body for <c>POST /v1/disclosures</c>, or null if the rules permit the system nothing at this hour.</summary>
    public async Task<JsonObject?> For(SectorSystem system)
    {
        var rules = RuleBook.Shipped.Rules
            .Where(rule => rule.Effect == Effect.Permit && rule.When.OfType<SystemCondition>().Any(condition => condition.AnyOf.Contains(system.Id)))
            .OrderBy(rule => rule.When.Count(condition => condition is HoursCondition or QuotaCondition or AreaCondition));
        foreach (var rule in rules)
        {
            var request = Request(system, rule);
            foreach (var person in people)
            {
                var record = await Record(person);
                if (Permitted(request, record))
                {
                    return Body(request, person);
                }
            }
        }

        return null;
    }

    private static DisclosureRequest Request(SectorSystem system, Rule rule)
    {
        var catalogue = AttributeCatalogue.Shipped;
        var attributes = catalogue.Attributes.Keys
            .Where(rule.Covers)
            .OrderByDescending(path => path.StartsWith("document.", StringComparison.Ordinal))
            .ThenBy(path => path, StringComparer.Ordinal)
            .Take(MostTargets).ToArray();
        return new DisclosureRequest
        {
            Id = Guid.NewGuid(),
            System = system.Id,
            Purpose = rule.When.OfType<PurposeCondition>().FirstOrDefault()?.AnyOf[0] ?? "",
            Targets = [.. attributes.Length > 0 ? attributes : catalogue.Predicates.Values.Where(predicate => rule.Covers(predicate.Name)).Select(Sample).Take(1)],
            CaseReference = rule.When.OfType<CaseReferenceCondition>().FirstOrDefault()?.Example,
            Official = new Official { Reference = "official", Role = "officer", Unit = system.Organisation, IdentityLevel = 2 },
        };
    }

    private static string Sample(PredicateDefinition predicate) => predicate.Parameter switch
    {
        AttributeType.Integer => $"{predicate.Name}(18)",
        AttributeType.Date => $"{predicate.Name}(2026-12-31)",
        AttributeType.Code => $"{predicate.Name}(24611)",
        AttributeType.Text => $"{predicate.Name}(NGUYEN VAN AN;1980)",
        _ => predicate.Name,
    };

    private bool Permitted(DisclosureRequest request, CitizenRecord record)
    {
        var now = clock.GetUtcNow();
        var facts = SharingFacts.Project(record, request, RuleBook.Shipped, UsageCounts.None, systemSuspended: false, _official, now);
        return SharingRules.Decide(request, facts, RuleBook.Shipped, now).Outcome == Outcome.Permitted
            && request.Targets.Any(target => IsPredicate(target) || !Release.Values(record, target, CivilTime.Day(now)).IsEmpty)
            && record.Consents.All(consent => consent.Limit is null || consent.Purpose != request.Purpose);
    }

    private async Task<CitizenRecord> Record(PersonalId person)
    {
        if (!_records.TryGetValue(person, out var record))
        {
            var stored = await grains.GetGrain<ICitizenSelf>(person.Reveal()).GetRecord();
            record = stored is null ? new CitizenRecord { PersonalId = person } : DomainJson.Read<CitizenRecord>(stored);
            _records[person] = record;
        }

        return record;
    }

    private JsonObject Body(DisclosureRequest request, PersonalId person)
    {
        var (predicates, attributes) = (request.Targets.Where(IsPredicate), request.Targets.Where(target => !IsPredicate(target)));
        var body = new JsonObject
        {
            ["subject"] = new JsonObject { ["personalId"] = person.Reveal() },
            ["purpose"] = request.Purpose,
            ["attributes"] = new JsonArray([.. attributes.Select(target => (JsonNode)target)]),
            ["predicates"] = new JsonArray([.. predicates.Select(target => (JsonNode)target)]),
            ["official"] = new JsonObject
            {
                ["personalId"] = _official.Reveal(),
                ["role"] = request.Official!.Role,
                ["unit"] = request.Official.Unit,
                ["identityLevel"] = request.Official.IdentityLevel,
            },
        };
        if (request.CaseReference is { } reference)
        {
            body["caseReference"] = reference;
        }

        return body;
    }

    private static bool IsPredicate(string target) => AttributeCatalogue.Shipped.Predicates.ContainsKey(Target.Parse(target).Name);
}
