using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api.Input;

/// <summary>Instants are written in UTC and read only with their offset: a time without one means something else on each machine.</summary>
sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTimeOffset(out var instant)
            && reader.GetString() is { Length: >= 20 } text
            && (text[^1] == 'Z' || text[^6] is '+' or '-'))
        {
            return instant.ToUniversalTime();
        }

        throw new JsonException("An instant is an ISO 8601 date and time with its offset.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture));
}
