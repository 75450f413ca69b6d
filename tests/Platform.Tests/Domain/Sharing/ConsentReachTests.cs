using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

/// <summary>A consent is asked for only where it could open something.</summary>
public sealed class ConsentReachTests
{
    private static readonly RuleBook Shipped = RuleBook.Shipped;

    [Theory]
    [InlineData("electricity", "electricity.contract", "profile.fullName", true)]
    [InlineData("electricity", "electricity.contract", "residence.inCommune", true)]
    [InlineData("electricity", "electricity.contract", "profile.religion", false)]
    [InlineData("electricity", "water.contract", "profile.fullName", false)]
    [InlineData("water", "electricity.contract", "profile.fullName", false)]
    [InlineData("electricity", "electricity.contract", "identity.matches", false)]
    public void Only_what_a_permit_on_consent_covers_for_system_and_purpose_can_be_opened(string system, string purpose, string target, bool opens) =>
        Assert.Equal(opens, Opens(Shipped, system, purpose, target));

    [Fact]
    public void A_forbid_that_always_holds_closes_what_a_consent_would_open() =>
        Assert.False(Opens(With(Some.Rule("never", Effect.Forbid, ["profile.*"], new SystemCondition(["electricity"]))), "electricity", "electricity.contract", "profile.fullName"));

    [Fact]
    public void A_forbid_that_holds_for_some_citizens_or_others_alone_does_not()
    {
        Assert.True(Opens(
            With(Some.Rule("some", Effect.Forbid, ["*"], new ProtectedPersonCondition(true))), "electricity", "electricity.contract", "profile.fullName"));
        Assert.True(Opens(
            With(Some.Rule("others", Effect.Forbid, ["*"], new SystemCondition(["water"]))), "electricity", "electricity.contract", "profile.fullName"));
    }

    [Fact]
    public void Whatever_was_ever_released_on_a_consent_can_be_asked_for() => Assert.All(
        Shipped.Rules.Where(rule => rule.Effect == Effect.Permit && rule.When.OfType<ConsentCondition>().Any()),
        rule => Assert.Contains(
            from system in Shipped.Systems from purpose in Shipped.Purposes select (system, purpose),
            pair => ConsentReach.Opens(Shipped, pair.system, pair.purpose, rule.Targets[0].Replace(".*", ".x", StringComparison.Ordinal))));

    private static RuleBook With(Rule rule) => Shipped with { Rules = Shipped.Rules.Add(rule) };

    private static bool Opens(RuleBook book, string system, string purpose, string target) =>
        ConsentReach.Opens(book, book.System(system)!, book.Purpose(purpose)!, target);
}
