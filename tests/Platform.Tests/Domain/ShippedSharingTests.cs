using Xunit;

namespace Platform.Tests.Domain;

/// <summary>What the shipped rule book lets whom read: the promises that a reviewer would check by hand.</summary>
public sealed class ShippedSharingTests
{
    private static readonly ShippedRule[] Rules = [.. ShippedJson.RuleBook.Items("rules").Select(rule => new ShippedRule(rule))];

    private static readonly Dictionary<string, string> Grounds =
        ShippedJson.RuleBook.Items("purposes").ToDictionary(purpose => purpose.Text("code"), purpose => purpose.Text("ground"));

    private static IEnumerable<ShippedRule> Permits => Rules.Where(rule => rule.Permits);

    [Fact]
    public void A_permission_is_for_one_system_and_named_purposes() => Assert.All(Permits, rule =>
    {
        Assert.Single(rule.Named("system"));
        Assert.NotEmpty(rule.Named("purpose"));
        Assert.DoesNotContain("*", rule.Targets);
    });

    [Fact]
    public void Every_system_and_purpose_but_published_judgments_is_given_something()
    {
        var systems = ShippedJson.RuleBook.Items("systems").Select(system => system.Text("id"));

        Assert.Equal(["published-judgments"], systems.Except(Permits.SelectMany(rule => rule.Named("system"))));
        Assert.Equal(["judgment.publication"], Grounds.Keys.Except(Permits.SelectMany(rule => rule.Named("purpose"))));
    }

    [Fact]
    public void Every_ground_is_used_and_a_rule_never_asks_for_another_ground_than_its_purpose_has()
    {
        Assert.Equal(ShippedJson.RuleBook.Items("grounds").Select(ground => ground.Text("id")).Order(), Grounds.Values.Distinct().Order());
        Assert.All(
            Permits.Where(rule => rule.Requires("ground")),
            rule => Assert.Empty(rule.Named("purpose").Select(purpose => Grounds[purpose]).Except(rule.Named("ground"))));
    }

    [Fact]
    public void Consent_is_asked_for_exactly_where_consent_is_the_ground() => Assert.All(Permits, rule =>
    {
        var byConsent = rule.Named("purpose").All(purpose => Grounds[purpose] == "consent");
        Assert.True(rule.Requires("consent") == byConsent || rule.OnlyMatches, rule.Id);
    });

    [Fact]
    public void An_enterprise_reads_nothing_without_consent_but_a_match() => Assert.All(
        Permits.Where(rule => rule.ForEnterprise && !rule.Requires("consent")),
        rule => Assert.True(rule.OnlyMatches, rule.Id));

    [Fact]
    public void An_enterprise_is_permitted_nothing_sensitive_without_consent() => Assert.Empty(
        Permits.Where(rule => rule.ForEnterprise && !rule.Requires("consent"))
            .SelectMany(rule => rule.Covered.Where(ShippedCatalogue.IsSensitive).Select(name => (rule.Id, name))));

    [Theory]
    [InlineData("profile.ethnicity", "civil-status", "education", "residence", "social")]
    [InlineData("profile.religion", "residence")]
    [InlineData("profile.bloodGroup", "health", "residence")]
    [InlineData("document.healthRecord.diagnoses", "health")]
    [InlineData("document.healthRecord.driverCheckPassed", "driving-licence", "health")]
    [InlineData("document.vaccination.vaccines", "health")]
    [InlineData("document.healthInsurance.benefitLevel", "health", "insurance")]
    [InlineData("document.socialAssistance.disabilityLevel", "social")]
    [InlineData("document.socialAssistance.paymentAccount", "social")]
    [InlineData("document.drivingLicence.points", "driving-licence")]
    public void A_sensitive_attribute_goes_to_these_systems_only(string attribute, params string[] systems)
    {
        var readers = Permits.Where(rule => rule.Covered.Contains(attribute)).SelectMany(rule => rule.Named("system")).Distinct().Order();

        Assert.Equal(systems, readers);
    }

    [Fact]
    public void Religion_is_forbidden_to_every_system_but_the_police()
    {
        var rule = Assert.Single(Rules, rule => !rule.Permits && rule.Targets is ["profile.religion"]);

        Assert.Equal(["residence"], ShippedJson.RuleBook.Items("systems").Select(system => system.Text("id")).Except(rule.Named("system")));
        Assert.Equal(["system"], rule.Kinds);
    }

    [Fact]
    public void Nothing_may_be_joined_with_published_judgments()
    {
        Assert.Contains(Rules, rule => !rule.Permits && rule.Targets is ["*"] && rule.Kinds is ["system"] && rule.Named("system") is ["published-judgments"]);
        Assert.DoesNotContain(Permits, rule => rule.Named("system").Contains("published-judgments"));
    }

    [Theory]
    [InlineData("inspectorate")]
    [InlineData("procuracy")]
    public void Inspectors_and_procurators_learn_yes_or_no_only(string system) => Assert.All(
        Permits.Where(rule => rule.Named("system").Contains(system)),
        rule =>
        {
            Assert.Empty(rule.Covered.Except(ShippedCatalogue.Predicates.Keys));
            Assert.True(rule.Requires("official") && rule.Requires("identityLevel"), rule.Id);
        });

    [Fact]
    public void Nobody_reads_the_own_record_or_that_of_the_own_household() => Assert.Contains(
        Rules,
        rule => !rule.Permits && rule.Targets is ["*"] && rule.Kinds is ["relation"] && rule.Named("relation") is ["self", "household"]);

    [Fact]
    public void A_protected_person_cannot_be_found_through_an_enterprise()
    {
        var rule = Assert.Single(Rules, rule => rule.Requires("protectedPerson"));
        var enterprises = ShippedJson.RuleBook.Items("organisations")
            .Where(organisation => organisation.Text("kind") is "enterprise" or "bank")
            .Select(organisation => organisation.Text("id"));

        Assert.False(rule.Permits);
        Assert.Equal(enterprises.Order(), rule.Named("organisation").Order());
        Assert.Empty(new[] { "residence.*", "profile.phone", "profile.email" }.Except(rule.Targets));
        Assert.Equal(["protectedPerson", "organisation"], rule.Kinds);
    }

    [Fact]
    public void Renewing_health_insurance_needs_an_official_and_a_case_at_any_time_of_day() => Assert.All(
        For("insurance", "health-insurance.renewal", 3),
        rule => Assert.Equal(["system", "purpose", "official", "caseReference"], rule.Kinds));

    [Fact]
    public void An_emergency_needs_an_official_and_no_consent() => Assert.All(
        For("health", "health.emergency", 2),
        rule => Assert.Equal(["system", "purpose", "ground", "official"], rule.Kinds));

    [Theory]
    [InlineData("electricity", "electricity.contract", 2)]
    [InlineData("bank", "bank.account-opening", 2)]
    [InlineData("health", "health.visit", 2)]
    public void A_service_that_the_citizen_asks_for_works_with_consent_at_any_time_of_day(string system, string purpose, int rules)
    {
        var consented = For(system, purpose, rules).Where(rule => rule.Requires("consent")).ToArray();

        Assert.Equal(rules, consented.Length);
        Assert.All(consented, rule => Assert.Empty(rule.Kinds.Except(["system", "purpose", "consent", "official"])));
    }

    private static ShippedRule[] For(string system, string purpose, int atLeast)
    {
        ShippedRule[] found = [.. Permits.Where(rule => rule.Named("system").Contains(system) && rule.Named("purpose").Contains(purpose))];
        Assert.True(found.Length >= atLeast);
        return found;
    }
}
