using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Domain;

public sealed partial class ShippedRuleBookTests
{
    private static readonly Dictionary<string, string[]> Vocabulary = new()
    {
        ["system"] = ["anyOf"],
        ["organisation"] = ["anyOf"],
        ["purpose"] = ["anyOf"],
        ["ground"] = ["anyOf"],
        ["consent"] = [],
        ["identityLevel"] = ["atLeast"],
        ["official"] = [],
        ["caseReference"] = ["pattern", "example"],
        ["area"] = ["communes"],
        ["hours"] = ["days", "from", "to"],
        ["quota"] = ["count", "per"],
        ["relation"] = ["anyOf"],
        ["protectedPerson"] = ["is"],
    };

    [Theory]
    [InlineData("organisations", "id")]
    [InlineData("systems", "id")]
    [InlineData("grounds", "id")]
    [InlineData("purposes", "code")]
    [InlineData("rules", "id")]
    public void Identifiers_are_unique_and_in_kebab_case(string list, string property)
    {
        var ids = ShippedJson.RuleBook.Items(list).Select(item => item.Text(property)).ToArray();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches(Kebab(), id));
    }

    [Fact]
    public void A_system_belongs_to_an_organisation_and_a_purpose_to_a_ground()
    {
        Assert.All(ShippedJson.RuleBook.Items("systems"), system => Assert.Contains(system.Text("organisation"), Ids("organisations")));
        Assert.All(ShippedJson.RuleBook.Items("purposes"), purpose => Assert.Contains(purpose.Text("ground"), Ids("grounds")));
        Assert.All(
            ShippedJson.RuleBook.Items("organisations"),
            organisation => Assert.Contains(organisation.Text("kind"), new[] { "state", "court", "procuracy", "enterprise", "bank" }));
    }

    [Fact]
    public void Every_database_of_the_plan_is_connected()
    {
        var items = ShippedJson.RuleBook.Items("systems")
            .Select(system => system.GetProperty("annexItem"))
            .Where(item => item.ValueKind == JsonValueKind.Number)
            .Select(item => item.GetInt32())
            .ToArray();

        Assert.Equal(Enumerable.Range(24, 18), items.Distinct().Order());
        Assert.Equal([33, 33], items.Where(item => item == 33));
    }

    [Fact]
    public void Every_document_kind_is_pushed_by_exactly_one_system()
    {
        var pushed = ShippedJson.RuleBook.Items("systems").SelectMany(system => system.Texts("pushes")).Order();

        Assert.Equal(ShippedCatalogue.DocumentGroups.Select(group => group.Text("document")).Order(), pushed);
    }

    [Fact]
    public void A_rule_permits_or_forbids_something_under_a_condition()
    {
        Assert.All(ShippedJson.RuleBook.Items("rules"), rule =>
        {
            Assert.Contains(rule.Text("effect"), new[] { "permit", "forbid" });
            Assert.True(rule.GetProperty("version").GetInt32() >= 1);
            Assert.NotEmpty(rule.Texts("targets"));
            Assert.NotEmpty(rule.Items("when"));
            Assert.Equal(rule.Texts("targets").Distinct(), rule.Texts("targets"));
        });
    }

    [Fact]
    public void A_target_means_something_in_the_catalogue()
    {
        var targets = ShippedJson.RuleBook.Items("rules").SelectMany(rule => rule.Texts("targets").Select(target => (Rule: rule.Text("id"), Target: target)));

        Assert.DoesNotContain(targets, found => !ShippedCatalogue.Covered(found.Target).Any());
    }

    [Fact]
    public void A_condition_is_of_the_closed_vocabulary_with_its_kind_first()
    {
        Assert.All(Conditions(), condition =>
        {
            var properties = condition.EnumerateObject().Select(property => property.Name).ToArray();
            Assert.Equal("kind", properties[0]);
            Assert.Contains(condition.Text("kind"), Vocabulary.Keys);
            Assert.Equal(Vocabulary[condition.Text("kind")], properties[1..]);
        });
    }

    [Fact]
    public void Every_kind_of_condition_is_used() =>
        Assert.Empty(Vocabulary.Keys.Except(Conditions().Select(condition => condition.Text("kind"))));

    [Theory]
    [InlineData("system", "systems", "id")]
    [InlineData("organisation", "organisations", "id")]
    [InlineData("purpose", "purposes", "code")]
    [InlineData("ground", "grounds", "id")]
    public void A_condition_names_things_that_exist(string kind, string list, string property)
    {
        var named = Conditions(kind).SelectMany(condition => condition.Texts("anyOf")).ToArray();

        Assert.NotEmpty(named);
        Assert.All(Conditions(kind), condition => Assert.NotEmpty(condition.Texts("anyOf")));
        Assert.Empty(named.Except(ShippedJson.RuleBook.Items(list).Select(item => item.Text(property))));
    }

    [Fact]
    public void An_area_is_made_of_known_communes()
    {
        var known = ShippedJson.Places.Items("communes").Concat(ShippedJson.Places.Items("successors")).Select(commune => commune.Text("code"));

        Assert.All(Conditions("area"), area => Assert.NotEmpty(area.Texts("communes")));
        Assert.Empty(Conditions("area").SelectMany(area => area.Texts("communes")).Except(known));
    }

    [Fact]
    public void The_example_of_a_case_reference_matches_its_whole_pattern() => Assert.All(Conditions("caseReference"), condition =>
    {
        var pattern = condition.Text("pattern");
        Assert.StartsWith("^", pattern, StringComparison.Ordinal);
        Assert.EndsWith("$", pattern, StringComparison.Ordinal);
        Assert.Matches(new Regex(pattern, RegexOptions.NonBacktracking), condition.Text("example"));
        Assert.DoesNotMatch(new Regex(pattern, RegexOptions.NonBacktracking), $"{condition.Text("example")}x");
    });

    [Fact]
    public void Limits_of_time_number_level_and_relation_make_sense()
    {
        Assert.All(Conditions("hours"), hours =>
        {
            Assert.True(Time(hours, "from") < Time(hours, "to"));
            var days = hours.Items("days").Select(day => day.GetInt32()).ToArray();
            Assert.NotEmpty(days);
            Assert.Equal(days.Distinct().Order(), days);
            Assert.All(days, day => Assert.InRange(day, 1, 7));
        });
        Assert.All(Conditions("quota"), quota =>
        {
            Assert.True(quota.GetProperty("count").GetInt32() > 0);
            Assert.Contains(quota.Text("per"), new[] { "day", "month", "year" });
        });
        Assert.All(Conditions("identityLevel"), level => Assert.InRange(level.GetProperty("atLeast").GetInt32(), 1, 2));
        Assert.All(Conditions("relation"), relation => Assert.Empty(relation.Texts("anyOf").Except(["self", "household"])));
    }

    private static HashSet<string> Ids(string list) => [.. ShippedJson.RuleBook.Items(list).Select(item => item.Text("id"))];

    private static TimeOnly Time(JsonElement hours, string property) =>
        TimeOnly.ParseExact(hours.Text(property), "HH:mm", CultureInfo.InvariantCulture);

    private static JsonElement[] Conditions(string? kind = null) =>
        [.. ShippedJson.RuleBook.Items("rules").SelectMany(rule => rule.Items("when")).Where(condition => kind is null || condition.Text("kind") == kind)];

    [GeneratedRegex(@"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
