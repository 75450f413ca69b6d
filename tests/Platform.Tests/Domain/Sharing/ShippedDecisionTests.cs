using Platform.Domain.Citizens;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

/// <summary>The shipped rule book at work on a citizen: what each kind of sector system gets, and what it does not get.</summary>
public sealed class ShippedDecisionTests
{
    private const string Case = "H16.12-260302-0042";
    private static readonly string[] Identity = ["profile.fullName", "profile.birthDate", "profile.sex"];

    [Fact]
    public void Insurance_reads_card_and_household_to_renew_with_an_official_and_a_case()
    {
        string[] needed = [.. Identity, "household.members", "residence.permanent.commune", "document.healthInsurance.validTo", "age.atLeast(6)"];

        AllPermitted(World("insurance", "health-insurance.renewal", Case, needed));
        AllRefused(Reason.OfficialMissing, World("insurance", "health-insurance.renewal", Case, needed), official: false);
        AllRefused(Reason.CaseReferenceMissing, World("insurance", "health-insurance.renewal", null, needed));
        AllRefused(Reason.CaseReferenceMalformed, World("insurance", "health-insurance.renewal", "42/2026", needed));
        AllRefused(Reason.PurposeNotCovered, World("insurance", "unemployment-benefit.payment", Case, "household.members"));
        AllRefused(Reason.NoRule, World("insurance", "health-insurance.renewal", Case, "document.landUseCertificate.parcel", "profile.ethnicity"));
        AllRefused(Reason.Forbidden, World("insurance", "health-insurance.renewal", Case, "profile.religion"));
    }

    [Fact]
    public void Electricity_gets_a_match_without_consent_and_an_address_only_with_it()
    {
        string[] address = ["profile.fullName", "residence.permanent.address"];
        var world = World("electricity", "electricity.contract", null, ["identity.matches(A;1960)", .. address]);
        world = world with { Request = world.Request with { Official = null } };

        var before = world.Decide();
        Assert.Equal([true, false, false], before.Targets.Select(target => target.Released));
        Assert.All(before.Targets[1..], target =>
            Assert.Equal([new Remedy(RemedyKind.ObtainConsent, "dien-luc", "electricity.contract")], target.Remedies));

        var consent = Some.Consent("dien-luc", "electricity.contract", address);
        var after = world with { Record = world.Record!.WithConsent(consent) };
        Assert.Equal([null, consent.Id, consent.Id], after.Decide().Targets.Select(target => target.Consent));
        Assert.Equal(Outcome.Permitted, after.Decide().Outcome);

        var withdrawn = after with { Record = after.Record!.WithoutConsent(consent.Id, Some.Now) };
        Assert.Equal([Reason.Permitted, Reason.ConsentWithdrawn, Reason.ConsentWithdrawn], withdrawn.Decide().Targets.Select(target => target.Reason));
    }

    [Fact]
    public void A_system_that_has_had_its_releases_of_the_day_is_told_to_come_back_tomorrow_beside_whatever_else_is_missing()
    {
        var world = World("insurance", "health-insurance.renewal", Case, "profile.fullName", "profile.religion");
        var decided = SharingRules.Decide(world.Request, world.Facts with { SystemQuotaExhausted = true }, world.Book, Some.Instant("2026-07-15T03:00:00Z"));

        Assert.Equal([Reason.SystemQuotaExhausted, Reason.Forbidden], decided.Targets.Select(target => target.Reason));
        Assert.All(decided.Targets, target => Assert.Contains(new Remedy(RemedyKind.WaitUntil, "2026-07-15T17:00:00Z"), target.Remedies));
        Assert.Single(decided.Targets[0].Remedies);
    }

    [Fact]
    public void A_consent_never_reaches_beyond_recipient_purpose_and_target()
    {
        var world = World("electricity", "electricity.contract", null, "profile.fullName", "residence.permanent.address");
        bool[] With(string recipient, string purpose, params string[] targets) =>
            [.. (world with { Record = world.Record!.WithConsent(Some.Consent(recipient, purpose, targets)) }).Decide().Targets.Select(target => target.Released)];

        Assert.Equal([true, false], With("dien-luc", "electricity.contract", "profile.fullName"));
        Assert.Equal([false, false], With("dien-luc", "electricity.contract", "profile.*", "*"));
        Assert.Equal([false, false], With("dien-luc", "electricity.contract-transfer", "profile.fullName", "residence.permanent.address"));
        Assert.Equal([false, false], With("cap-nuoc", "electricity.contract", "profile.fullName", "residence.permanent.address"));
    }

    [Fact]
    public void Nobody_finds_a_protected_person_through_an_enterprise_even_with_consent()
    {
        string[] targets = ["profile.fullName", "residence.permanent.address"];
        var world = World("electricity", "electricity.contract", null, targets);
        var record = world.Record!.WithConsent(Some.Consent("dien-luc", "electricity.contract", targets)) with { Protected = true };

        var decision = (world with { Record = record }).Decide();

        Assert.Equal([Reason.Permitted, Reason.Forbidden], decision.Targets.Select(target => target.Reason));
        Assert.Equal("protected-person-whereabouts", decision.Targets[1].Rule);
    }

    [Fact]
    public void A_bank_opens_an_account_with_consent_and_never_gets_anything_sensitive()
    {
        string[] targets = [.. Identity, "residence.permanent.address", "profile.ethnicity", "document.healthInsurance.number", "profile.religion"];
        var world = World("bank", "bank.account-opening", null, targets);
        var consented = world with { Record = world.Record!.WithConsent(Some.Consent("ngan-hang", "bank.account-opening", targets)) };

        Assert.Equal(
            [Reason.ConsentMissing, Reason.ConsentMissing, Reason.ConsentMissing, Reason.ConsentMissing, Reason.Forbidden, Reason.Forbidden, Reason.Forbidden],
            world.Decide().Targets.Select(target => target.Reason));
        Assert.Equal([true, true, true, true, false, false, false], consented.Decide().Targets.Select(target => target.Released));
    }

    [Fact]
    public void A_bank_may_match_a_customer_once_a_month()
    {
        var world = World("bank", "bank.customer-match", null, "identity.matches(A;1960)");
        var used = world with { Usage = UsageCounts.None.Add("bank bank.customer-match", Some.Today) };

        AllPermitted(world);
        AllRefused(Reason.QuotaExhausted, used);
        AllPermitted(used with { Now = Some.Instant("2026-07-31T17:00:00Z") });
        AllRefused(Reason.Forbidden, World("bank", "bank.customer-match", null, "profile.fullName"));
    }

    [Fact]
    public void In_an_emergency_blood_group_and_allergies_are_read_without_consent()
    {
        var world = World("health", "health.emergency", null, "profile.fullName", "profile.bloodGroup", "document.healthRecord.allergies");

        AllPermitted(world);
        AllPermitted(world with { Now = Some.Instant("2026-07-19T19:00:00Z") });
        AllRefused(Reason.OfficialMissing, world, official: false);
        AllRefused(Reason.ConsentMissing, world with { Request = world.Request with { Purpose = "health.visit" } });
    }

    [Fact]
    public void A_court_identifies_a_party_of_a_case_and_no_more()
    {
        AllPermitted(World("court", "court.identity-check", "42/2026/TLST-DS", [.. Identity, "profile.otherNames"]));
        AllRefused(Reason.CaseReferenceMalformed, World("court", "court.identity-check", Case, Identity));
        AllRefused(Reason.NoRule, World("court", "court.identity-check", "42/2026/TLST-DS", "residence.permanent.address", "household.members"));
    }

    [Fact]
    public void Inspectors_and_procurators_get_answers_and_no_values()
    {
        var inspector = World("inspectorate", "inspectorate.asset-verification", "TTR-2026-0042", "document.landUseCertificate.held", "profile.fullName");
        var raised = inspector with { Request = inspector.Request with { Official = Some.Official(2) } };

        Assert.Equal([Reason.IdentityLevelTooLow, Reason.Forbidden], inspector.Decide().Targets.Select(target => target.Reason));
        Assert.Equal([Reason.Permitted, Reason.Forbidden], raised.Decide().Targets.Select(target => target.Reason));
        AllRefused(Reason.Forbidden, World("procuracy", "procuracy.identity-check", null, "profile.fullName", "document.degree.level"));
    }

    [Fact]
    public void No_official_reads_the_own_record_or_that_of_the_household()
    {
        var world = World("insurance", "health-insurance.renewal", Case, Identity);

        AllRefused(Reason.Forbidden, world with { OfficialId = Some.Id });
        AllRefused(Reason.Forbidden, world with { OfficialId = Sharing.World.Relative });
        AllRefused(Reason.Forbidden, world with { OfficialId = null });
        Assert.All(
            (world with { OfficialId = Some.Id }).Decide().Targets,
            target => Assert.Equal([new Remedy(RemedyKind.UseOtherOfficial, "other")], target.Remedies));
    }

    [Fact]
    public void Published_judgments_are_joined_with_nobody() =>
        AllRefused(Reason.Forbidden, World("published-judgments", "judgment.publication", Case, "profile.fullName", "identity.matches(A;1960)"));

    [Fact]
    public void Matching_of_insurance_records_keeps_office_hours_and_three_a_day()
    {
        var world = World("insurance", "insurance.record-matching", null, "identity.matches(A;1960)");

        AllPermitted(world);
        AllRefused(Reason.OutsideHours, world with { Now = Some.Instant("2026-07-15T10:30:00Z") });
        AllRefused(Reason.OutsideHours, world with { Now = Some.Instant("2026-07-18T03:00:00Z") });
        AllPermitted(world with { Usage = UsageCounts.None.Add("insurance insurance.record-matching", Some.Today, 2) });
        AllRefused(Reason.QuotaExhausted, world with { Usage = UsageCounts.None.Add("insurance insurance.record-matching", Some.Today, 3) });
    }

    [Fact]
    public void Land_officers_match_within_their_wards_only()
    {
        var world = World("land", "land.cadastral-review", null, "profile.deathDate");

        AllPermitted(world);
        AllRefused(Reason.OutsideArea, world with { Record = Resident("24664") });
        AllRefused(Reason.OutsideArea, world with { Record = Sharing.World.Newcomer });
    }

    private static World World(string system, string purpose, string? reference, params string[] targets) => new()
    {
        Book = RuleBook.Shipped,
        Request = Some.Request(system, purpose, targets) with { CaseReference = reference, Official = Some.Official() },
        Record = Resident("24611"),
        OfficialId = Sharing.World.Stranger,
        Suspended = false,
        Usage = UsageCounts.None,
        Now = Some.Now,
    };

    private static CitizenRecord Resident(string commune) =>
        Sharing.World.Newcomer.WithAttributes(Some.From("population"), Some.Values(("residence.permanent.commune", commune)));

    private static void AllPermitted(World world) => Assert.All(world.Decide().Targets, target => Assert.Equal(Reason.Permitted, target.Reason));

    private static void AllRefused(Reason reason, World world, bool official = true)
    {
        var asked = official ? world : world with { Request = world.Request with { Official = null } };
        Assert.All(asked.Decide().Targets, target =>
        {
            Assert.Equal((reason, false), (target.Reason, target.Released));
            Assert.NotEmpty(target.Remedies);
        });
    }
}
