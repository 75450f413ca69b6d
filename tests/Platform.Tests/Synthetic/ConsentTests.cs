using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class ConsentTests
{
    private static readonly (CitizenRecord Giver, Consent Consent)[] Consents =
        [.. Province.Rows.SelectMany(row => row.Record.Consents.Select(consent => (row.Record, consent)))];

    [Fact]
    public void Only_adults_have_decided() =>
        Assert.All(Consents.DistinctBy(pair => pair.Giver), pair => Assert.NotEqual(Answer.No, pair.Giver.Born().HasReachedAge(18, Province.Today)));

    [Fact]
    public void A_consent_is_for_a_purpose_that_rests_on_consent_and_for_what_its_rules_cover() => Assert.All(
        Consents.Select(pair => (pair.Consent.Recipient, pair.Consent.Purpose, Targets: string.Join(' ', pair.Consent.Targets))).Distinct(),
        consent =>
        {
            var book = RuleBook.Shipped;
            Assert.Equal("consent", book.Purpose(consent.Purpose)?.Ground);
            var rules = book.Rules.Where(rule => rule.Effect == Effect.Permit
                && rule.When.OfType<PurposeCondition>().Any(condition => condition.AnyOf.Contains(consent.Purpose))
                && rule.When.OfType<SystemCondition>().Any(condition => condition.AnyOf.Any(system => book.System(system)!.Organisation == consent.Recipient))).ToArray();
            Assert.All(consent.Targets.Split(' '), target => Assert.Contains(rules, rule => rule.Covers(target)));
        });

    [Fact]
    public void Every_purpose_that_rests_on_consent_occurs() => Assert.Equal(
        RuleBook.Shipped.Purposes.Where(purpose => purpose.Ground == "consent").Select(purpose => purpose.Code).Order(),
        Consents.Select(pair => pair.Consent.Purpose).Distinct().Order());

    [Fact]
    public void Every_state_occurs_and_some_have_limits()
    {
        var now = CivilTime.StartOf(Province.Today);

        Assert.InRange(Consents.Share(pair => pair.Consent.State == ConsentState.Granted && pair.Consent.ValidTo > now), 0.5, 0.75);
        Assert.Contains(Consents, pair => pair.Consent.State == ConsentState.Granted && pair.Consent.ValidTo <= now);
        Assert.Contains(Consents, pair => pair.Consent.State == ConsentState.Refused);
        Assert.Contains(Consents, pair => pair.Consent.State == ConsentState.Withdrawn);
        Assert.InRange(Consents.Share(pair => pair.Consent.Limit is not null), 0.2, 0.4);
    }

    [Fact]
    public void Consents_lie_in_the_past_the_latest_last_and_are_all_different()
    {
        var now = CivilTime.StartOf(Province.Today);

        Assert.All(Consents, pair => Assert.True((pair.Consent.WithdrawnAt ?? pair.Consent.DecidedAt) < now));
        Assert.All(Province.Rows, row => Assert.Equal(row.Record.Consents.OrderBy(consent => consent.DecidedAt), row.Record.Consents));
        Assert.Equal(Consents.Length, Consents.Select(pair => pair.Consent.Id).Distinct().Count());
        Assert.All(Consents, pair => Assert.Equal(7, pair.Consent.Id.Version));
    }
}
