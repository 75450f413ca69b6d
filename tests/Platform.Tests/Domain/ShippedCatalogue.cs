using System.Text.Json;

namespace Platform.Tests.Domain;

/// <summary>The shipped catalogue with the intrinsic attributes of every document kind written out.</summary>
internal static class ShippedCatalogue
{
    public static (string Path, bool Sensitive)[] Attributes { get; } = [.. Expand()];

    public static Dictionary<string, string[]> Predicates { get; } =
        ShippedJson.Catalogue.Items("predicates").ToDictionary(predicate => predicate.Text("name"), predicate => predicate.Texts("reads"));

    public static JsonElement[] DocumentGroups { get; } =
        [.. ShippedJson.Catalogue.Items("groups").Where(group => group.TryGetProperty("document", out _))];

    public static IEnumerable<string> Covered(string target) => target switch
    {
        "*" => Everything,
        _ when target.EndsWith(".*", StringComparison.Ordinal) =>
            Everything.Where(name => name.StartsWith(target[..^1], StringComparison.Ordinal)),
        _ => Everything.Where(name => name == target),
    };

    public static bool IsSensitive(string name) => Predicates.TryGetValue(name, out var reads)
        ? reads.Any(IsSensitive)
        : Attributes.Any(attribute => attribute.Path == name && attribute.Sensitive);

    private static IEnumerable<string> Everything => Attributes.Select(attribute => attribute.Path).Concat(Predicates.Keys);

    private static IEnumerable<(string Path, bool Sensitive)> Expand()
    {
        var catalogue = ShippedJson.Catalogue;
        var common = catalogue.Items("documentAttributes").Select(attribute => attribute.Text("name")).ToArray();
        var intrinsic = catalogue.Items("groups")
            .Where(group => group.TryGetProperty("document", out _))
            .SelectMany(group => common.Select(name => ($"{group.Text("key")}.{name}", group.Text("sensitivity") == "sensitive")));
        return intrinsic.Concat(catalogue.Items("attributes").Select(attribute => (attribute.Text("path"), attribute.Text("sensitivity") == "sensitive")));
    }
}
