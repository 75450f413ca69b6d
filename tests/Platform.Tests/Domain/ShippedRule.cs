using System.Text.Json;

namespace Platform.Tests.Domain;

/// <summary>A rule of the shipped rule book, read without the product's own types.</summary>
internal sealed class ShippedRule(JsonElement rule)
{
    public string Id { get; } = rule.Text("id");

    public bool Permits { get; } = rule.Text("effect") == "permit";

    public string[] Targets { get; } = rule.Texts("targets");

    public string[] Kinds { get; } = [.. rule.Items("when").Select(condition => condition.Text("kind"))];

    public HashSet<string> Covered { get; } = [.. rule.Texts("targets").SelectMany(ShippedCatalogue.Covered)];

    public bool OnlyMatches => Covered.SetEquals(["identity.matches"]);

    public bool ForEnterprise => Named("system").Any(system => OrganisationKind(system) is "enterprise" or "bank");

    public bool Requires(string kind) => Kinds.Contains(kind);

    public string[] Named(string kind) =>
        [.. rule.Items("when").Where(condition => condition.Text("kind") == kind).SelectMany(condition => condition.Texts("anyOf"))];

    private static string OrganisationKind(string system)
    {
        var owner = ShippedJson.RuleBook.Items("systems").Single(item => item.Text("id") == system).Text("organisation");
        return ShippedJson.RuleBook.Items("organisations").Single(item => item.Text("id") == owner).Text("kind");
    }
}
