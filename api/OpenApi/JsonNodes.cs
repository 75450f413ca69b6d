using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Platform.Api.OpenApi;

static class JsonNodes
{
    /// <summary>The value as the API writes it.</summary>
    public static JsonNode Of(object value, JsonSerializerOptions options) => JsonSerializer.SerializeToNode(value, value.GetType(), options)!;

    /// <summary>The same without members that have nothing to say.</summary>
    public static JsonNode WithoutNulls(object value, JsonSerializerOptions options) =>
        Of(value, new JsonSerializerOptions(options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
}
