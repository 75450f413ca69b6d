using CsCheck;
using Platform.Domain;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Sharing;

/// <summary>What holds for every rule book, record and request, however odd.</summary>
public sealed class DecisionProperties
{
    [Fact]
    public void A_recorded_decision_replays_bit_for_bit() => AnyWorld.Worlds.Sample(
        world =>
        {
            var first = DomainJson.Write(world.Decide());
            var replayed = SharingRules.Decide(Again(world.Request), Again(world.Facts), Again(world.Book), world.Now);

            Assert.Equal(first, DomainJson.Write(world.Decide()));
            Assert.Equal(first, DomainJson.Write(replayed));
        },
        iter: 2_000);

    [Fact]
    public void The_remedies_of_a_refusal_carried_out_together_turn_it_around() => AnyWorld.Worlds.Sample(
        world =>
        {
            foreach (var refused in world.Decide().Targets.Where(target => !target.Released))
            {
                Assert.NotEmpty(refused.Remedies);
                Assert.True(
                    world.After(refused.Remedies, Target.Parse(refused.Target).Name).Releases(refused.Target),
                    $"{refused.Target} is still refused after {string.Join(", ", refused.Remedies)}");
            }
        },
        iter: 6_000);

    [Fact]
    public void Remedies_never_contradict_each_other() => AnyWorld.Worlds.Sample(
        world => Assert.All(world.Decide().Targets, target =>
        {
            var settings = target.Remedies.Where(remedy => remedy.Kind != RemedyKind.LiftRule).Select(remedy => (remedy.Kind, Of: Setting(remedy)));
            Assert.Equal(settings.Distinct(), settings);
        }),
        iter: 2_000);

    [Fact]
    public void Taking_a_permission_away_releases_nothing_more() => AnyWorld.Worlds.Sample(
        world => Assert.All(world.Book.Rules.Where(rule => rule.Effect == Effect.Permit), rule =>
            Assert.Empty(Released(world with { Book = world.Book with { Rules = world.Book.Rules.Remove(rule) } }).Except(Released(world)))),
        iter: 1_000);

    [Fact]
    public void Adding_a_prohibition_releases_nothing_more_and_nothing_that_it_holds_for() =>
        Gen.Select(AnyWorld.Worlds, AnyWorld.Rule(Effect.Forbid), Gen.Int[0, 8]).Sample(
            (world, forbid, at) =>
            {
                var after = Released(With(world, forbid, at));
                var always = Released(With(world, forbid with { When = [] }, at));

                Assert.Empty(after.Except(Released(world)));
                Assert.DoesNotContain(always, target => forbid.Targets.Any(selector => Covers(selector, target)));
            },
            iter: 2_000);

    [Fact]
    public void Nothing_is_released_without_a_rule_that_permits_it() => AnyWorld.Worlds.Sample(
        world => Assert.All(world.Decide().Targets, target =>
        {
            if (!target.Released)
            {
                Assert.NotEqual(Reason.Permitted, target.Reason);
                return;
            }

            var rule = Assert.Single(world.Book.Rules, rule => rule.Id == target.Rule);
            Assert.Equal((Effect.Permit, rule.Version, rule.Article), (rule.Effect, target.RuleVersion, target.Article));
            Assert.Contains(rule.Targets, selector => Covers(selector, target.Target));
            Assert.Equal(rule.When.Any(condition => condition is ConsentCondition), target.Consent is not null);
            Assert.NotNull(world.Record);
            Assert.False(world.Suspended);
            Assert.Empty(target.Remedies);
        }),
        iter: 2_000);

    [Fact]
    public void The_outcome_sums_up_the_targets() => AnyWorld.Worlds.Sample(
        world =>
        {
            var decision = world.Decide();
            var released = decision.Targets.Count(target => target.Released);

            Assert.Equal(world.Request.Targets, decision.Targets.Select(target => target.Target));
            Assert.Equal(
                released == 0 ? Outcome.Denied : released == decision.Targets.Length ? Outcome.Permitted : Outcome.PartlyPermitted, decision.Outcome);
        },
        iter: 1_000);

    private static T Again<T>(T value) => DomainJson.Read<T>(DomainJson.Write(value));

    private static string[] Released(World world) => [.. world.Decide().Targets.Where(target => target.Released).Select(target => target.Target)];

    private static World With(World world, Rule rule, int at) =>
        world with { Book = world.Book with { Rules = world.Book.Rules.Insert(Math.Min(at, world.Book.Rules.Length), rule with { Id = "added" }) } };

    private static string? Setting(Remedy remedy) => remedy.Kind == RemedyKind.CorrectRecord ? remedy.Value : null;

    private static bool Covers(string selector, string target)
    {
        var name = target.Split('(')[0];
        return selector == "*" || selector == name || (selector.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(selector[..^1], StringComparison.Ordinal));
    }
}
