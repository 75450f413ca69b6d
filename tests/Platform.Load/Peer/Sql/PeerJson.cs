using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Platform.Load.Peer.Sql;

/// <summary>Source-generated JSON with the province's escaping and strictness.</summary>
[JsonSerializable(typeof(PeerAsk))]
[JsonSerializable(typeof(PeerAnswer))]
[JsonSerializable(typeof(PeerDenial))]
[JsonSerializable(typeof(PeerAudited))]
[JsonSerializable(typeof(PeerRefusal))]
[JsonSerializable(typeof(PeerDecided[]))]
[JsonSerializable(typeof(Dictionary<string, HeldValue>))]
internal sealed partial class PeerJson : JsonSerializerContext
{
    public static PeerJson Shared { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}

/// <summary>A request that was not even decided.</summary>
internal sealed record PeerRefusal(string Type, string Title, int Status, string Code);
