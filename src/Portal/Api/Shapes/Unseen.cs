using System.Text.Json.Serialization;

namespace Platform.Portal.Api.Shapes;

/// <summary>How many notifications were not looked at.</summary>
public sealed record Unseen
{
    [JsonPropertyName("unseen")]
    public required int Count { get; init; }
}
