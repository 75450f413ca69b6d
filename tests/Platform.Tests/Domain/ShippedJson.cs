using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Platform.Tests.Domain;

internal static class ShippedJson
{
    public static readonly string[] Names = ["catalogue.json", "rulebook-1.json", "places.json", "codes.json"];

    public static JsonElement Catalogue { get; } = Read("catalogue.json");

    public static JsonElement RuleBook { get; } = Read("rulebook-1.json");

    public static JsonElement Places { get; } = Read("places.json");

    public static JsonElement Codes { get; } = Read("codes.json");

    public static JsonElement Read(string name)
    {
        using var stream = Assembly.Load("Platform.Domain").GetManifestResourceStream(name);
        Assert.NotNull(stream);
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static string[] Texts(this JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    public static JsonElement[] Items(this JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray()];

    public static IEnumerable<(string Path, JsonElement Value)> Walk(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Walk(property.Value, $"{path}.{property.Name}"))
            .Prepend((path, element)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Walk(item, $"{path}[{index}]")).Prepend((path, element)),
        _ => [(path, element)],
    };
}
