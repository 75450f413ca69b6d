using System.Text.Json;

namespace Platform.Load.Open.Wire;

/// <summary>The one member that is needed of a longer answer.</summary>
internal sealed record FirstNumber(Guid Id, long Value)
{
    /// <summary>The first member of this name that is a UUID, however deep.</summary>
    public static FirstNumber Uuid(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        Find(json, name, out var reader) && reader.TryGetGuid(out var id) ? new(id, 0) : throw new JsonException("The answer has no such member.");

    /// <summary>The first member of this name that is a number, however deep; 0 if there is none.</summary>
    public static FirstNumber Integer(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        Find(json, name, out var reader) && reader.TryGetInt64(out var value) ? new(Guid.Empty, value) : new(Guid.Empty, 0);

    private static bool Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name))
            {
                return reader.Read();
            }
        }

        return false;
    }
}
