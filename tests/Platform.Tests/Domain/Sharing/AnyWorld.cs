using System.Collections.Immutable;
using CsCheck;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;

namespace Platform.Tests.Domain.Sharing;

/// <summary>Random worlds from small vocabularies, so that rules, requests and facts meet often; contradictory rules are as welcome as sound ones.</summary>
internal static class AnyWorld
{
    private static readonly string[] Names = ["profile.fullName", "profile.phone", "residence.permanent.commune", "document.degree.level", "age.atLeast"];

    private static readonly Gen<string> Purpose = Gen.Frequency((5, Gen.Const("one")), (4, Gen.OneOf("two", "three")), (1, Gen.Const("four")));

    private static readonly Gen<string> System = Gen.Frequency((7, Gen.Const("sys-a")), (2, Gen.Const("sys-b")), (1, Gen.Const("sys-x")));

    private static readonly Gen<string> Commune = Gen.OneOf("c1", "c2", "c3");

    private static readonly Gen<bool> Rarely = Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)));

    private static readonly Gen<Period> Limited = Gen.OneOf(Period.Day, Period.Month, Period.Year);

    // Days on which months, years and quotas turn, in local time.
    private static readonly Gen<DateTimeOffset> Instant =
        from day in Gen.Frequency((2, Gen.Int[0, 400]), (1, Gen.OneOf(30, 31, 58, 364, 365)))
        from minute in Gen.Frequency((4, Gen.Int[0, 1439]), (1, Gen.OneOf(0, 1439, 420, 1050)))
        select Some.Instant("2025-12-31T17:00:00Z").AddDays(day).AddMinutes(minute);

    private static readonly Gen<Condition> Condition = Gen.OneOf<Condition>(
        Listed(System).Select(ids => (Condition)new SystemCondition(ids)),
        Listed(Gen.OneOf("org-a", "org-b")).Select(ids => (Condition)new OrganisationCondition(ids)),
        Listed(Purpose).Select(codes => (Condition)new PurposeCondition(codes)),
        Listed(Gen.OneOf("law", "consent", "nowhere")).Select(ids => (Condition)new GroundCondition(ids)),
        Gen.Const((Condition)new ConsentCondition()),
        Gen.Int[1, 2].Select(level => (Condition)new IdentityLevelCondition(level)),
        Gen.Const((Condition)new OfficialCondition()),
        Gen.OneOf<Condition>(
            new CaseReferenceCondition("^A[0-9]$", "A1"), new CaseReferenceCondition("^[AB][0-9]$", "B2"), new CaseReferenceCondition("C", "C")),
        Listed(Commune).Select(codes => (Condition)new AreaCondition(codes)),
        Hours(),
        Gen.Select(Gen.Int[0, 3], Limited).Select(quota => (Condition)new QuotaCondition(quota.Item1, quota.Item2)),
        Listed(Gen.OneOf(Relation.Other, Relation.Self, Relation.Household, Relation.Unknown)).Select(any => (Condition)new RelationCondition(any)),
        Gen.Bool.Select(value => (Condition)new ProtectedPersonCondition(value)));

    private static readonly Gen<string> Selector = Gen.Frequency(
        (6, Gen.OneOf(Names)), (2, Gen.OneOf("profile.*", "document.degree.*", "document.*")), (2, Gen.Const("*")));

    private static readonly Gen<string> Tag =
        from system in Gen.OneOf("sys-a", "sys-b")
        from purpose in Purpose
        select $"{system} {purpose}";

    /// <summary>Whole worlds.</summary>
    public static readonly Gen<World> Worlds =
        from rules in Gen.Frequency((3, Rule(Effect.Permit)), (1, Rule(Effect.Forbid))).Array[0, 8]
        from now in Instant
        from consents in Consent(now).Array[0, 4]
        from record in Record([.. consents])
        from request in Request()
        from uses in Use(now, consents).Array[0, 6]
        from official in Gen.OneOf<PersonalId?>(null, World.Stranger, World.Relative, Some.Id)
        from suspended in Rarely
        select new World
        {
            Book = Some.Book([.. rules.Select((rule, number) => rule with { Id = $"r{number}" })]),
            Request = request,
            Record = record,
            OfficialId = official,
            Suspended = suspended,
            Usage = uses.Aggregate(UsageCounts.None, (counts, use) => counts.Add(use.Tag, use.Day)),
            Now = now,
        };

    /// <summary>Rules without an id of their own.</summary>
    public static Gen<Rule> Rule(Effect effect) =>
        from targets in Selector.Array[1, 2]
        from conditions in Condition.Array[0, effect == Effect.Permit ? 5 : 3]
        select Some.Rule("any", effect, targets, conditions);

    private static Gen<ImmutableArray<T>> Listed<T>(Gen<T> item) => item.Array[1, 2].Select(items => items.Distinct().ToImmutableArray());

    private static Gen<Condition> Hours() =>
        from days in Gen.Int[1, 7].Array[1, 5]
        from begin in Gen.Int[0, 47]
        from end in Gen.Int[0, 47]
        select (Condition)new HoursCondition([.. days.Distinct()], new TimeOnly(begin / 2, begin % 2 * 30), new TimeOnly(end / 2, end % 2 * 30));

    private static Gen<Consent> Consent(DateTimeOffset now) =>
        from id in Gen.Guid
        from recipient in Gen.OneOf("org-a", "org-b")
        from purpose in Purpose
        from targets in Gen.OneOf(Names).Array[1, 3]
        from state in Gen.Frequency(
            (4, Gen.Const(ConsentState.Granted)), (1, Gen.OneOf(ConsentState.Refused, ConsentState.Withdrawn)))
        from begin in Gen.Int[-60, 5]
        from hours in Gen.Int[1, 24 * 90]
        from limited in Gen.Bool
        from count in Gen.Int[1, 2]
        from per in Gen.OneOf(Period.Day, Period.Month, Period.Year, Period.Total)
        select Some.Consent(recipient, purpose, [.. targets.Distinct()]) with
        {
            Id = id,
            State = state,
            DecidedAt = now.AddDays(begin),
            ValidFrom = now.AddDays(begin),
            ValidTo = now.AddDays(begin).AddHours(hours),
            Limit = limited ? new FrequencyLimit { Count = count, Per = per } : null,
        };

    private static Gen<CitizenRecord?> Record(ImmutableArray<Consent> consents) =>
        from unknown in Rarely
        from dead in Rarely
        from watched in Gen.Bool
        from moved in Gen.Bool
        from commune in Commune
        let known = World.Newcomer with
        {
            Status = dead ? CitizenStatus.Deceased : CitizenStatus.Active,
            Protected = watched,
            Consents = consents,
        }
        select unknown ? null : moved ? known.WithAttributes(Some.From("population"), Some.Values(("residence.permanent.commune", commune))) : known;

    private static Gen<DisclosureRequest> Request() =>
        from system in System
        from purpose in Purpose
        from targets in Gen.OneOf([.. Names, "age.atLeast(18)", "profile.nothing"]).Array[1, 4]
        from named in Gen.Bool
        from level in Gen.OneOf<int?>(null, 1, 2)
        from reference in Gen.OneOf<string?>(null, null, "A1", "B7", "zzz")
        select Some.Request(system, purpose, [.. targets.Distinct()]) with
        {
            CaseReference = reference,
            Official = named ? Some.Official(level) : null,
        };

    private static Gen<(string Tag, DateOnly Day)> Use(DateTimeOffset now, Consent[] consents) =>
        from tag in Tag
        from days in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 40]))
        from pick in Gen.Int[0, 4]
        let consent = pick < consents.Length ? " " + consents[pick].Id.ToString("N") : ""
        select (tag + consent, CivilTime.Day(now.AddDays(-days)));
}
