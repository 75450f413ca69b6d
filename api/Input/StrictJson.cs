using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Platform.Api.Problems;

namespace Platform.Api.Input;

/// <summary>The one JSON dialect of the API, and reading it without guessing what a caller may have meant.</summary>
static class StrictJson
{
    public const int MaxDepth = 16;
    const int MostErrors = 20;
    const byte Delete = 0x7F;

    // A byte that is no UTF-8 must not be read as something else.
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
    }

    public static (T? Value, Refusal? Refusal) Read<T>(ReadOnlyMemory<byte> utf8, JsonSerializerOptions options) where T : class, IChecked =>
        ReadPlain<T>(utf8.Span, options) is { } value ? Checked(value) : ReadWarily<T>(utf8, options);

    // Most bodies hold nothing whose texts would have to be looked at one by one. What is wrong with the others is found the slow way.
    static T? ReadPlain<T>(ReadOnlySpan<byte> utf8, JsonSerializerOptions options) where T : class
    {
        try
        {
            return IsPlain(utf8) ? JsonSerializer.Deserialize<T>(utf8, options) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            return null;
        }
    }

    // Without escapes, control characters and nulls that are no member's, and normalised as a whole: then every text in it is, too.
    static bool IsPlain(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Contains((byte)'\\') || utf8.Contains(Delete) || !NullsAreMembers(utf8))
        {
            return false;
        }

        if (Ascii.IsValid(utf8))
        {
            return true;
        }

        var text = Utf8.GetString(utf8);
        return !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F') && text.IsNormalized(NormalizationForm.FormC);
    }

    // A member may be null where its type says so; in a list there is no nothing, which its type cannot say.
    static bool NullsAreMembers(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf("null"u8); at >= 0; at = utf8.IndexOf("null"u8))
        {
            if (utf8[..at].TrimEnd(" \t\r\n"u8) is not [.., (byte)':'])
            {
                return false;
            }

            utf8 = utf8[(at + "null"u8.Length)..];
        }

        return true;
    }

    static (T? Value, Refusal? Refusal) Checked<T>(T value) where T : class, IChecked
    {
        var check = new InputCheck();
        value.Check(check);
        return check.Errors.IsEmpty ? (value, null) : (null, Refusal.Of(check.Errors));
    }

    static (T? Value, Refusal? Refusal) ReadWarily<T>(ReadOnlyMemory<byte> utf8, JsonSerializerOptions options) where T : class, IChecked
    {
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            var texts = ImmutableArray.CreateBuilder<InputError>();
            CheckTexts(json.RootElement, "", texts, T.LinesAt);
            if (texts.Count > 0)
            {
                return (null, Refusal.Of(texts.ToImmutable()));
            }
        }
        // The second is what a lone surrogate or a byte that is no UTF-8 raises.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return (null, At(ErrorCodes.JsonMalformed, malformed as JsonException));
        }

        try
        {
            var value = JsonSerializer.Deserialize<T>(utf8.Span, options);
            return value is null ? (null, At(ErrorCodes.ShapeInvalid, null)) : Checked(value);
        }
        catch (JsonException shape)
        {
            return (null, At(ErrorCodes.ShapeInvalid, shape));
        }
    }

    // A path would repeat member names that the caller made up, so the place is told by line and byte.
    static Refusal At(ApiError code, JsonException? cause) =>
        Refusal.Of([new InputError { Code = code.Code, Pointer = "", Line = cause?.LineNumber + 1, Column = cause?.BytePositionInLine + 1 }]);

    static void CheckTexts(JsonElement element, string pointer, ImmutableArray<InputError>.Builder errors, string? linesAt)
    {
        if (errors.Count >= MostErrors)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(element.GetString()!, pointer, errors, pointer == linesAt);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Null)
                    {
                        errors.Add(new InputError { Code = ErrorCodes.ShapeInvalid.Code, Pointer = $"{pointer}/{index}" });
                    }

                    CheckTexts(item, $"{pointer}/{index++}", errors, linesAt);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    CheckText(member.Name, pointer, errors, withLines: false);
                    CheckTexts(member.Value, IsPlain(member.Name) ? $"{pointer}/{member.Name}" : pointer, errors, linesAt);
                }

                break;
        }
    }

    static void CheckText(string text, string pointer, ImmutableArray<InputError>.Builder errors, bool withLines)
    {
        if (text.Any(letter => char.IsControl(letter) && !(withLines && letter == '\n')))
        {
            errors.Add(new InputError { Code = ErrorCodes.TextControlCharacter.Code, Pointer = pointer });
        }
        else if (!text.IsNormalized(NormalizationForm.FormC))
        {
            errors.Add(new InputError { Code = ErrorCodes.TextNotNormalized.Code, Pointer = pointer });
        }
    }

    static bool IsPlain(string name) => name.Length <= 40 && name.All(char.IsAsciiLetter);
}
