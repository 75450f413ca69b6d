using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>What a remedy would change, for the search that tries it.</summary>
internal static class RemedyChanges
{
    /// <summary>The scenario after a change has been made.</summary>
    public static Scenario Apply(Scenario scenario, Remedy remedy, string? name)
    {
        var (request, facts, book, _) = scenario;
        return remedy.Kind switch
        {
            RemedyKind.NameOfficial => scenario with
            {
                Request = request with { Official = request.Official ?? SomeOfficial },
                Facts = request.Official is null ? facts with { Relation = Relation.Other } : facts,
            },
            RemedyKind.UseOtherOfficial when request.Official is not null => scenario with
            {
                Facts = facts with { Relation = Enum.Parse<Relation>(remedy.Value!, ignoreCase: true) },
            },
            RemedyKind.RaiseIdentityLevel when request.Official is { } official => scenario with
            {
                Request = request with { Official = official with { IdentityLevel = int.Parse(remedy.Value!, CultureInfo.InvariantCulture) } },
            },
            RemedyKind.UseOtherOfficial or RemedyKind.RaiseIdentityLevel => scenario,
            RemedyKind.GiveCaseReference => scenario with { Request = request with { CaseReference = remedy.Value } },
            RemedyKind.UsePurpose => scenario with { Request = request with { Purpose = remedy.Value! } },
            RemedyKind.ObtainConsent => scenario with
            {
                Facts = facts with { Consents = facts.Consents.Add(FreshConsent(scenario, remedy.Detail!, name!)) },
            },
            RemedyKind.WaitUntil => Later(scenario, DateTimeOffset.Parse(remedy.Value!, CultureInfo.InvariantCulture)),
            RemedyKind.CorrectRecord when remedy.Value == "protected" => scenario with
            {
                Facts = facts with { Protected = remedy.Detail == "true" },
            },
            RemedyKind.CorrectRecord => scenario with { Facts = facts with { Commune = remedy.Detail } },
            RemedyKind.ResumeSystem => scenario with { Facts = facts with { SystemSuspended = false } },
            RemedyKind.RegisterSubject => scenario with { Facts = facts with { SubjectKnown = true } },
            RemedyKind.RegisterSystem => scenario with { Book = BookChanges.WithSystem(book, request.System) },
            RemedyKind.PublishRule => scenario with { Book = BookChanges.WithRule(book, request, name!) },
            RemedyKind.LiftRule => scenario with { Book = book with { Rules = book.Rules.RemoveAll(rule => rule.Id == remedy.Value) } },
            _ => throw new ArgumentOutOfRangeException(nameof(remedy)),
        };
    }

    private static Official SomeOfficial { get; } = new() { Reference = "any", Role = "any" };

    private static ConsentFact FreshConsent(Scenario scenario, string purpose, string name) => new()
    {
        Id = Guid.Empty,
        Purpose = purpose,
        Targets = [name],
        State = ConsentState.Granted,
        ValidFrom = scenario.Now,
        ValidTo = DateTimeOffset.MaxValue,
    };

    private static Scenario Later(Scenario scenario, DateTimeOffset then)
    {
        var (before, after) = (CivilTime.Day(scenario.Now), CivilTime.Day(then));
        bool Lasts(Period per) => per switch
        {
            Period.Day => before == after,
            Period.Month => before.Year == after.Year && before.Month == after.Month,
            Period.Year => before.Year == after.Year,
            _ => true,
        };
        return scenario with
        {
            Now = then,
            Facts = scenario.Facts with
            {
                SystemQuotaExhausted = Lasts(Period.Day) ? scenario.Facts.SystemQuotaExhausted : null,
                Consents =
                [
                    .. scenario.Facts.Consents.Select(fact => fact.Limit is { } limit && !Lasts(limit.Per) ? fact with { Used = 0 } : fact),
                ],
                Usage =
                [
                    .. scenario.Facts.Usage.Select(fact => new UsageFact(
                        fact.Purpose,
                        Lasts(Period.Day) ? fact.Day : 0,
                        Lasts(Period.Month) ? fact.Month : 0,
                        Lasts(Period.Year) ? fact.Year : 0)),
                ],
            },
        };
    }
}

/// <summary>Changes that only a rule owner can make, as the search for remedies tries them.</summary>
internal static class BookChanges
{
    public static RuleBook WithSystem(RuleBook book, string system) => book with
    {
        Systems = book.Systems.Add(new SectorSystem
        {
            Id = system,
            Organisation = system,
            Name = new LocalText { Vi = system, En = system },
        }),
    };

    public static RuleBook WithRule(RuleBook book, DisclosureRequest request, string name) => book with
    {
        Purposes = book.Purpose(request.Purpose) is not null
            ? book.Purposes
            : book.Purposes.Add(new Purpose
            {
                Code = request.Purpose,
                Name = new LocalText { Vi = request.Purpose, En = request.Purpose },
                Description = new LocalText { Vi = request.Purpose, En = request.Purpose },
                Ground = "",
                Article = "",
            }),
        Rules = book.Rules.Add(new Rule
        {
            Id = "",
            Version = 1,
            Effect = Effect.Permit,
            Name = new LocalText { Vi = name, En = name },
            Article = "",
            Targets = [name],
            When = [new SystemCondition([request.System]), new PurposeCondition([request.Purpose])],
        }),
    };
}
