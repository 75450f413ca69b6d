using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

/// <summary>Each kind of condition met, not met and impossible to tell, in a rule that permits and in one that forbids.</summary>
public sealed class ConditionTests
{
    private const string Name = "profile.fullName";

    public enum Told
    {
        Met,
        Unmet,
        Unknown,
    }

    // Condition as JSON, what is changed in the request and the facts, what then holds, and the reason given.
    public static TheoryData<string, string, Told, Reason> Cases => new()
    {
        { """{"kind":"system","anyOf":["sys-b","sys-a"]}""", "", Told.Met, default },
        { """{"kind":"system","anyOf":["sys-b"]}""", "", Told.Unmet, Reason.NoRule },
        { """{"kind":"organisation","anyOf":["org-a"]}""", "", Told.Met, default },
        { """{"kind":"organisation","anyOf":["org-b"]}""", "", Told.Unmet, Reason.NoRule },
        { """{"kind":"purpose","anyOf":["two","one"]}""", "", Told.Met, default },
        { """{"kind":"purpose","anyOf":["two"]}""", "", Told.Unmet, Reason.PurposeNotCovered },
        { """{"kind":"ground","anyOf":["law"]}""", "", Told.Met, default },
        { """{"kind":"ground","anyOf":["consent"]}""", "", Told.Unmet, Reason.PurposeNotCovered },
        { """{"kind":"consent"}""", "consent", Told.Met, default },
        { """{"kind":"consent"}""", "", Told.Unmet, Reason.ConsentMissing },
        { """{"kind":"identityLevel","atLeast":2}""", "level2", Told.Met, default },
        { """{"kind":"identityLevel","atLeast":1}""", "level2", Told.Met, default },
        { """{"kind":"identityLevel","atLeast":2}""", "level1", Told.Unmet, Reason.IdentityLevelTooLow },
        { """{"kind":"identityLevel","atLeast":1}""", "official", Told.Unknown, Reason.IdentityLevelTooLow },
        { """{"kind":"identityLevel","atLeast":1}""", "", Told.Unknown, Reason.IdentityLevelTooLow },
        { """{"kind":"official"}""", "official", Told.Met, default },
        { """{"kind":"official"}""", "", Told.Unmet, Reason.OfficialMissing },
        { """{"kind":"caseReference","pattern":"^TTR-[0-9]{4}$","example":"TTR-2026"}""", "case TTR-0042", Told.Met, default },
        { """{"kind":"caseReference","pattern":"^TTR-[0-9]{4}$","example":"TTR-2026"}""", "case TTR-42", Told.Unmet, Reason.CaseReferenceMalformed },
        { """{"kind":"caseReference","pattern":"^TTR-[0-9]{4}$","example":"TTR-2026"}""", "case TTR-0042\n", Told.Unmet, Reason.CaseReferenceMalformed },
        { """{"kind":"caseReference","pattern":"TTR","example":"TTR"}""", "case xTTRx", Told.Unmet, Reason.CaseReferenceMalformed },
        { """{"kind":"caseReference","pattern":"A|AB","example":"A"}""", "case AB", Told.Met, default },
        { """{"kind":"caseReference","pattern":"^TTR$","example":"TTR"}""", "", Told.Unmet, Reason.CaseReferenceMissing },
        { """{"kind":"area","communes":["24611","24615"]}""", "commune 24615", Told.Met, default },
        { """{"kind":"area","communes":["24611"]}""", "commune 24615", Told.Unmet, Reason.OutsideArea },
        { """{"kind":"area","communes":["24611"]}""", "", Told.Unknown, Reason.OutsideArea },
        { """{"kind":"hours","days":[3],"from":"10:00","to":"10:30"}""", "", Told.Met, default },
        { """{"kind":"hours","days":[3],"from":"09:30","to":"10:00"}""", "", Told.Unmet, Reason.OutsideHours },
        { """{"kind":"hours","days":[1,2,4,5,6,7],"from":"00:00","to":"23:59"}""", "", Told.Unmet, Reason.OutsideHours },
        { """{"kind":"quota","count":2,"per":"day"}""", "used 1", Told.Met, default },
        { """{"kind":"quota","count":2,"per":"day"}""", "used 2", Told.Unmet, Reason.QuotaExhausted },
        { """{"kind":"quota","count":3,"per":"month"}""", "used 2", Told.Unmet, Reason.QuotaExhausted },
        { """{"kind":"quota","count":5,"per":"year"}""", "used 2", Told.Unmet, Reason.QuotaExhausted },
        { """{"kind":"quota","count":6,"per":"year"}""", "used 2", Told.Met, default },
        { """{"kind":"relation","anyOf":["other"]}""", "official other", Told.Met, default },
        { """{"kind":"relation","anyOf":["self","household"]}""", "official household", Told.Met, default },
        { """{"kind":"relation","anyOf":["self","household"]}""", "official other", Told.Unmet, Reason.RelationNotMet },
        { """{"kind":"relation","anyOf":["other"]}""", "official", Told.Unknown, Reason.RelationNotMet },
        { """{"kind":"relation","anyOf":["other"]}""", "", Told.Unmet, Reason.RelationNotMet },
        { """{"kind":"protectedPerson","is":true}""", "protected", Told.Met, default },
        { """{"kind":"protectedPerson","is":true}""", "", Told.Unmet, Reason.ProtectionNotMet },
        { """{"kind":"protectedPerson","is":false}""", "protected", Told.Unmet, Reason.ProtectionNotMet },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_permit_counts_only_where_its_condition_is_known_to_hold(string json, string situation, Told told, Reason reason)
    {
        var rule = Some.Rule("permit", Effect.Permit, [Name], DomainJson.Read<Condition>(json));
        var decided = Decide(situation, rule);

        Assert.Equal(told == Told.Met, decided.Released);
        Assert.Equal(told == Told.Met ? Reason.Permitted : reason, decided.Reason);
        Assert.Equal(told == Told.Met, decided.Remedies.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_prohibition_counts_unless_its_condition_is_known_not_to_hold(string json, string situation, Told told, Reason reason)
    {
        var everybody = Some.Rule("permit", Effect.Permit, ["*"], new SystemCondition(["sys-a"]));
        var decided = Decide(situation, everybody, Some.Rule("forbid", Effect.Forbid, [Name], DomainJson.Read<Condition>(json)));

        Assert.Equal(told == Told.Unmet, decided.Released);
        Assert.Equal(told == Told.Unmet ? Reason.Permitted : Reason.Forbidden, decided.Reason);
        Assert.Equal(told == Told.Unmet ? "permit" : "forbid", decided.Rule);
        Assert.True(told == Told.Met || reason != Reason.Permitted);
    }

    [Theory]
    [InlineData("refused", Reason.ConsentRefused)]
    [InlineData("withdrawn", Reason.ConsentWithdrawn)]
    [InlineData("expired", Reason.ConsentExpired)]
    [InlineData("early", Reason.ConsentNotYetValid)]
    [InlineData("exhausted", Reason.ConsentExhausted)]
    [InlineData("purpose", Reason.ConsentMissing)]
    [InlineData("target", Reason.ConsentMissing)]
    [InlineData("dead", Reason.ConsentWithoutEffect)]
    public void A_consent_that_does_not_count_says_why(string flaw, Reason reason)
    {
        var consent = Consented();
        consent = flaw switch
        {
            "refused" => consent with { State = ConsentState.Refused },
            "withdrawn" => consent with { State = ConsentState.Withdrawn },
            "expired" => consent with { ValidTo = Some.Now },
            "early" => consent with { ValidFrom = Some.Now.AddTicks(1) },
            "exhausted" => consent with { Limit = new FrequencyLimit { Count = 2, Per = Period.Month }, Used = 2 },
            "purpose" => consent with { Purpose = "two" },
            "target" => consent with { Targets = ["profile.sex"] },
            _ => consent,
        };
        var facts = Some.Facts with { Consents = [consent], Status = flaw == "dead" ? CitizenStatus.Deceased : CitizenStatus.Active };
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], new ConsentCondition()));

        var decided = Assert.Single(SharingRules.Decide(Some.Request("sys-a", "one", Name), facts, book, Some.Now).Targets);

        Assert.Equal((false, reason, (Guid?)null), (decided.Released, decided.Reason, decided.Consent));
        Assert.Equal(flaw == "dead" ? RemedyKind.PublishRule : RemedyKind.ObtainConsent, Assert.Single(decided.Remedies).Kind);
    }

    [Fact]
    public void A_consent_counts_from_its_first_to_just_before_its_last_instant_and_up_to_its_limit()
    {
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], new ConsentCondition()));
        var consent = Consented() with { Limit = new FrequencyLimit { Count = 2, Per = Period.Day }, Used = 1 };
        bool At(DateTimeOffset now) =>
            SharingRules.Decide(Some.Request("sys-a", "one", Name), Some.Facts with { Consents = [consent] }, book, now).Outcome == Outcome.Permitted;

        Assert.Equal(
            [false, true, true, false],
            new[] { consent.ValidFrom.AddTicks(-1), consent.ValidFrom, consent.ValidTo.AddTicks(-1), consent.ValidTo }.Select(At));
    }

    [Fact]
    public void Of_several_consents_one_that_counts_is_enough_and_the_latest_word_is_told()
    {
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], new ConsentCondition()));
        var good = Consented();
        var refused = good with { Id = Guid.NewGuid(), State = ConsentState.Refused };
        var expired = good with { Id = Guid.NewGuid(), ValidTo = Some.Now };
        TargetDecision With(params ConsentFact[] consents) =>
            SharingRules.Decide(Some.Request("sys-a", "one", Name), Some.Facts with { Consents = [.. consents] }, book, Some.Now).Targets[0];

        Assert.Equal(good.Id, With(expired, good).Consent);
        Assert.Equal(Reason.ConsentRefused, With(expired, refused).Reason);
        Assert.Equal(Reason.ConsentExpired, With(refused, expired).Reason);
        Assert.Equal(Reason.ConsentRefused, With(good, refused).Reason);
        Assert.Equal(good.Id, With(refused, good).Consent);
    }

    [Theory]
    [InlineData("2026-07-15T02:59:59Z", "2026-07-15T03:00:00Z")]
    [InlineData("2026-07-15T04:00:00Z", "2026-07-17T03:00:00Z")]
    [InlineData("2026-07-18T00:00:00Z", "2026-07-22T03:00:00Z")]
    public void Outside_hours_the_next_opening_is_told(string now, string opening)
    {
        var hours = new HoursCondition([3, 5], new TimeOnly(10, 0), new TimeOnly(11, 0));
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], hours));

        var decided = SharingRules.Decide(Some.Request("sys-a", "one", Name), Some.Facts, book, Some.Instant(now)).Targets[0];

        Assert.Equal([new Remedy(RemedyKind.WaitUntil, opening)], decided.Remedies);
    }

    [Fact]
    public void Waiting_is_never_told_a_moment_too_short()
    {
        var hours = new HoursCondition([3], new TimeOnly(10, 0, 0, 500), new TimeOnly(11, 0));
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], hours));

        var decided = SharingRules.Decide(Some.Request("sys-a", "one", Name), Some.Facts, book, Some.Now).Targets[0];

        Assert.Equal([new Remedy(RemedyKind.WaitUntil, "2026-07-15T03:00:01Z")], decided.Remedies);
    }

    [Theory]
    [InlineData(Period.Day, "2026-07-15T17:00:00Z")]
    [InlineData(Period.Month, "2026-07-31T17:00:00Z")]
    [InlineData(Period.Year, "2026-12-31T17:00:00Z")]
    public void A_used_up_quota_opens_with_the_next_local_period(Period per, string opening)
    {
        var book = Some.Book(Some.Rule("permit", Effect.Permit, [Name], new QuotaCondition(1, per)));
        var facts = Some.Facts with { Usage = [new UsageFact("one", 1, 1, 1)] };

        var decided = SharingRules.Decide(Some.Request("sys-a", "one", Name), facts, book, Some.Now).Targets[0];

        Assert.Equal([new Remedy(RemedyKind.WaitUntil, opening)], decided.Remedies);
    }

    private static ConsentFact Consented() => new()
    {
        Id = new Guid("01980000-0000-7000-8000-0000000000cc"),
        Purpose = "one",
        Targets = [Name],
        State = ConsentState.Granted,
        ValidFrom = Some.Now.AddDays(-1),
        ValidTo = Some.Now.AddDays(1),
    };

    private static TargetDecision Decide(string situation, params Rule[] rules)
    {
        var request = Some.Request("sys-a", "one", Name);
        var facts = Some.Facts with { Relation = Relation.Unknown };
        switch (situation.Split(' ', 2))
        {
            case ["consent"]:
                facts = facts with { Consents = [Consented()] };
                break;
            case ["level1" or "level2"]:
                request = request with { Official = Some.Official(situation[^1] - '0') };
                break;
            case ["official", .. var relation]:
                request = request with { Official = Some.Official() };
                facts = facts with { Relation = relation.Length == 0 ? Relation.Unknown : Enum.Parse<Relation>(relation[0], ignoreCase: true) };
                break;
            case ["case", var reference]:
                request = request with { CaseReference = reference };
                break;
            case ["commune", var commune]:
                facts = facts with { Commune = commune };
                break;
            case ["used", "1" or "2"]:
                facts = facts with { Usage = [new UsageFact("two", 9, 9, 9), new UsageFact("one", situation[^1] - '0', 3, 5)] };
                break;
            case ["protected"]:
                facts = facts with { Protected = true };
                break;
            default:
                Assert.Empty(situation);
                break;
        }

        return Assert.Single(SharingRules.Decide(request, facts, Some.Book(rules), Some.Now).Targets);
    }
}
