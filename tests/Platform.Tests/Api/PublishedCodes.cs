using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Platform.Tests.Api;

/// <summary>The checked-in description, against which every refusal that any test sees is held.</summary>
static class PublishedCodes
{
    static readonly string[] Everywhere = ["route.unknown", "route.method-not-allowed"];

    public static JsonElement Document { get; } = JsonElement.Parse(File.ReadAllText(Repository.File("api/openapi.json")));

    public static IEnumerable<string> All => Document.GetProperty("components").GetProperty("examples").EnumerateObject().Select(example => example.Name);

    public static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    public static IEnumerable<string> Of(JsonElement operation, int? status = null) =>
        from response in operation.GetProperty("responses").EnumerateObject()
        where status is null || response.Name == status.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
        where response.Value.TryGetProperty("content", out _)
        from content in response.Value.GetProperty("content").EnumerateObject()
        where content.Value.TryGetProperty("examples", out _)
        from example in content.Value.GetProperty("examples").EnumerateObject()
        select example.Name;

    public static void AssertPublished(HttpMethod method, string path, ApiAnswer answer)
    {
        if (answer.Code is { } code && Everywhere.Contains(code))
        {
            return;
        }

        var bare = path.Split('?')[0];
        var operation = Operations
            .Where(operation => operation.Method == method.Method && Regex.IsMatch(bare, $"^{Regex.Replace(operation.Path, @"\{[a-z]+\}", "[^/]+")}$"))
            .OrderBy(operation => operation.Path.Contains('{', StringComparison.Ordinal))
            .First();
        Assert.Contains(answer.Code, Of(operation.Operation, answer.Status));
    }
}
