using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

public sealed class SharingRulesTests
{
    private const string Name = "profile.fullName";

    private static readonly Rule Open = Some.Rule("open", Effect.Permit, [Name], new SystemCondition(["sys-a"]), new PurposeCondition(["one"]));

    private static readonly Rule ByConsent = Open with { Id = "by-consent", When = Open.When.Add(new ConsentCondition()) };

    private static readonly SharingFacts Consented = Some.Facts with { Consents = [ConsentFact.From(Some.Consent("org-a", "one", Name), UsageCounts.None, Some.Now)] };

    [Fact]
    public void Without_any_rule_everything_is_denied()
    {
        var decision = SharingRules.Decide(Some.Request("sys-a", "one", Name, "age.atLeast(18)"), Consented, Some.Book(), Some.Now);

        Assert.Equal((Outcome.Denied, 7), (decision.Outcome, decision.RuleBook));
        Assert.All(decision.Targets, target =>
        {
            Assert.Equal((Reason.NoRule, (string?)null), (target.Reason, target.Rule));
            Assert.Equal([new Remedy(RemedyKind.PublishRule, "one", Target.Parse(target.Target).Name)], target.Remedies);
        });
    }

    [Fact]
    public void A_release_names_the_rule_its_version_and_its_article()
    {
        var decided = Decide(Some.Facts, Open with { Version = 3 });

        Assert.Equal((true, Reason.Permitted, "open", 3, "Law 91/2025/QH15 art. 19"), (decided.Released, decided.Reason, decided.Rule, decided.RuleVersion, decided.Article));
        Assert.Null(decided.Consent);
        Assert.Empty(decided.Remedies);
    }

    [Fact]
    public void A_prohibition_beats_a_permission_wherever_it_stands()
    {
        var forbid = Some.Rule("forbid", Effect.Forbid, ["profile.*"], new SystemCondition(["sys-a"]));

        Assert.Equal((false, Reason.Forbidden, "forbid"), Told(Decide(Consented, Open, ByConsent, forbid)));
        Assert.Equal((false, Reason.Forbidden, "forbid"), Told(Decide(Consented, forbid, Open)));
        Assert.Equal((true, Reason.Permitted, "open"), Told(Decide(Consented, forbid with { Targets = ["residence.*"] }, Open)));
        Assert.Equal([new Remedy(RemedyKind.LiftRule, "forbid")], Decide(Some.Facts, forbid, Open).Remedies);
    }

    [Fact]
    public void A_permission_without_consent_is_preferred_so_that_none_is_used_up()
    {
        Assert.Equal("open", Decide(Consented, ByConsent, Open).Rule);
        Assert.Null(Decide(Consented, ByConsent, Open).Consent);
        Assert.Equal("by-consent", Decide(Consented, ByConsent).Rule);
        Assert.Equal(Consented.Consents[0].Id, Decide(Consented, ByConsent).Consent);
    }

    [Fact]
    public void A_consent_releases_nothing_where_no_rule_asks_for_one() =>
        Assert.Equal((false, Reason.NoRule, null), Told(Decide(Consented, Open with { When = [new SystemCondition(["sys-b"])] })));

    [Fact]
    public void Who_asks_is_checked_before_any_rule()
    {
        Assert.Equal(Reason.SystemUnknown, Decide(Some.Facts, Some.Request("sys-x", "one", Name), Open with { When = [] }).Reason);
        Assert.Equal(Reason.SystemSuspended, Decide(Some.Facts with { SystemSuspended = true }, Open).Reason);
        Assert.Equal(Reason.PurposeUnknown, Decide(Some.Facts, Some.Request("sys-a", "four", Name), Open with { When = [] }).Reason);
    }

    [Fact]
    public void Whether_the_subject_is_known_is_told_only_to_who_would_be_permitted()
    {
        var nobody = Some.Facts with { SubjectKnown = false };

        Assert.Equal((false, Reason.SubjectUnknown, null), Told(Decide(nobody, Open)));
        Assert.Equal((false, Reason.ConsentMissing, "by-consent"), Told(Decide(nobody, ByConsent)));
        Assert.Equal((false, Reason.NoRule, null), Told(Decide(nobody)));
        Assert.Equal([new Remedy(RemedyKind.RegisterSubject)], Decide(nobody, Open).Remedies);
    }

    [Fact]
    public void The_nearest_rule_explains_a_refusal()
    {
        var official = Open with { Id = "official", When = Open.When.Add(new OfficialCondition()) };
        var demanding = official with { Id = "demanding", When = official.When.Add(new IdentityLevelCondition(2)) };
        var otherPurpose = Open with { Id = "other-purpose", When = [new SystemCondition(["sys-a"]), new PurposeCondition(["two"])] };
        var otherSystem = Open with { Id = "other-system", When = [new SystemCondition(["sys-b"]), new PurposeCondition(["one"])] };

        Assert.Equal((false, Reason.OfficialMissing, "official"), Told(Decide(Some.Facts, otherSystem, otherPurpose, demanding, official)));
        Assert.Equal((false, Reason.PurposeNotCovered, "other-purpose"), Told(Decide(Some.Facts, otherSystem, otherPurpose)));
        Assert.Equal((false, Reason.NoRule, null), Told(Decide(Some.Facts, otherSystem)));
    }

    [Fact]
    public void A_rule_for_another_system_is_never_shown_whatever_its_conditions_come_first()
    {
        var others = Open with { When = [new PurposeCondition(["two"]), new OfficialCondition(), new SystemCondition(["sys-b"])] };

        Assert.Equal((false, Reason.NoRule, null), Told(Decide(Some.Facts, others)));
    }

    [Fact]
    public void Remedies_tell_only_what_is_needed_in_the_end()
    {
        var rule = Open with { When = [new ConsentCondition(), new SystemCondition(["sys-a"]), new PurposeCondition(["two"]), new IdentityLevelCondition(2)] };

        Assert.Equal(
            [
                new Remedy(RemedyKind.UsePurpose, "two"), new Remedy(RemedyKind.NameOfficial), new Remedy(RemedyKind.RaiseIdentityLevel, "2"),
                new Remedy(RemedyKind.ObtainConsent, "org-a", "two"),
            ],
            Decide(Some.Facts, rule).Remedies.OrderBy(remedy => remedy.Kind switch
            {
                RemedyKind.UsePurpose => 0,
                RemedyKind.ObtainConsent => 2,
                _ => 1,
            }));
    }

    [Fact]
    public void Two_areas_that_meet_in_one_commune_ask_for_that_commune_alone()
    {
        var rule = Open with { When = [.. Open.When, new AreaCondition(["c1", "c2"]), new AreaCondition(["c2", "c3"])] };

        Assert.Equal(
            [new Remedy(RemedyKind.CorrectRecord, "residence.permanent.commune", "c2")], Decide(Some.Facts with { Commune = "c9" }, rule).Remedies);
    }

    [Fact]
    public void Conditions_that_contradict_each_other_leave_it_to_the_rule_owner()
    {
        var monday = new HoursCondition([1], new TimeOnly(8, 0), new TimeOnly(9, 0));
        var rule = Open with { When = [.. Open.When, monday, monday with { Days = [2] }] };

        Assert.Equal([new Remedy(RemedyKind.PublishRule, "one", Name)], Decide(Some.Facts, rule).Remedies);
    }

    [Fact]
    public void A_large_book_is_decided_without_trying_every_rule()
    {
        var contradictory = Open with { When = [.. Open.When, new AreaCondition(["c1"]), new AreaCondition(["c2"])] };
        Rule[] rules = [.. Enumerable.Range(0, 5_000).Select(number => contradictory with { Id = $"r{number}" })];
        var request = Some.Request("sys-a", "one", [.. Enumerable.Range(0, 20).Select(age => $"age.atLeast({age})").Append(Name)]);

        var decision = SharingRules.Decide(request, Some.Facts, Some.Book(rules), Some.Now);

        Assert.Equal(Outcome.Denied, decision.Outcome);
        Assert.All(decision.Targets, target => Assert.Equal(RemedyKind.PublishRule, Assert.Single(target.Remedies).Kind));
    }

    [Fact]
    public void Each_target_is_decided_for_itself_in_the_order_asked()
    {
        var decision = SharingRules.Decide(Some.Request("sys-a", "one", "profile.phone", Name), Some.Facts, Some.Book(Open), Some.Now);

        Assert.Equal(Outcome.PartlyPermitted, decision.Outcome);
        Assert.Equal([("profile.phone", false), (Name, true)], decision.Targets.Select(target => (target.Target, target.Released)));
    }

    [Fact]
    public void The_facts_are_those_of_the_organisation_the_period_and_the_official()
    {
        var (mine, others) = (Some.Consent("org-a", "one", Name) with { Limit = new FrequencyLimit { Count = 5, Per = Period.Month } }, Some.Consent("org-b", "one", Name));
        var record = World.Newcomer with { Consents = [mine, others], Protected = true, Status = CitizenStatus.DeclaredMissing };
        var usage = UsageCounts.None
            .Add(UsageCounts.Tag("sys-a", "one", [mine.Id]), Some.Today, 2)
            .Add(UsageCounts.Tag("sys-b", "one", []), Some.Today);
        var request = Some.Request("sys-a", "one", Name);
        SharingFacts Of(PersonalId? official) => SharingFacts.Project(record, request, Some.Book(), usage, systemSuspended: true, official, Some.Now);

        var facts = Of(World.Stranger);

        Assert.Equal((true, true, true, CitizenStatus.DeclaredMissing), (facts.SubjectKnown, facts.SystemSuspended, facts.Protected, facts.Status));
        Assert.Equal((mine.Id, 2), (Assert.Single(facts.Consents).Id, facts.Consents[0].Used));
        Assert.Equal([new UsageFact("one", 2, 2, 2)], facts.Usage);
        Assert.Equal(
            [Relation.Unknown, Relation.Self, Relation.Household, Relation.Other],
            new PersonalId?[] { null, Some.Id, World.Relative, World.Stranger }.Select(official => Of(official).Relation));
        Assert.Equal(Relation.Unknown, SharingFacts.Project(null, request, Some.Book(), usage, false, World.Stranger, Some.Now).Relation);
    }

    private static (bool Released, Reason Reason, string? Rule) Told(TargetDecision decided) => (decided.Released, decided.Reason, decided.Rule);

    private static TargetDecision Decide(SharingFacts facts, params Rule[] rules) => Decide(facts, Some.Request("sys-a", "one", Name), rules);

    private static TargetDecision Decide(SharingFacts facts, DisclosureRequest request, params Rule[] rules) =>
        Assert.Single(SharingRules.Decide(request, facts, Some.Book(rules), Some.Now).Targets);
}
