using System.Text.Json;
using Platform.Domain.Catalogue;

namespace Platform.Api.Catalogue;

/// <summary>Canonical text as JSON of the catalogue's type, and back.</summary>
static class TypedValues
{
    /// <summary>The value as JSON; text that does not have the type is given as the text it is, because a source's error must not hide the value.</summary>
    public static JsonElement Of(AttributeType type, string text) => type switch
    {
        AttributeType.Integer or AttributeType.Decimal => Raw(text, JsonValueKind.Number),
        AttributeType.Boolean => Raw(text, text == "true" ? JsonValueKind.True : JsonValueKind.False),
        AttributeType.TextList or AttributeType.PersonList => Raw(text, JsonValueKind.Array),
        _ => Text(text),
    };

    /// <summary>The canonical text of a JSON value, or null if it is not of the attribute's type.</summary>
    public static string? Canonical(AttributeDefinition attribute, JsonElement value)
    {
        var text = (attribute.Type, value.ValueKind) switch
        {
            (AttributeType.Integer or AttributeType.Decimal, JsonValueKind.Number) => value.GetRawText(),
            (AttributeType.Boolean, JsonValueKind.True) => "true",
            (AttributeType.Boolean, JsonValueKind.False) => "false",
            (AttributeType.TextList or AttributeType.PersonList, JsonValueKind.Array) => Domain.DomainJson.Write(value),
            (AttributeType.Integer or AttributeType.Decimal or AttributeType.Boolean or AttributeType.TextList or AttributeType.PersonList, _) => null,
            (_, JsonValueKind.String) => value.GetString(),
            _ => null,
        };
        return text is not null && CanonicalText.IsValid(attribute, text) ? text : null;
    }

    static JsonElement Raw(string text, JsonValueKind kind)
    {
        try
        {
            var value = JsonElement.Parse(text);
            return value.ValueKind == kind ? value : Text(text);
        }
        catch (JsonException)
        {
            return Text(text);
        }
    }

    static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);
}
