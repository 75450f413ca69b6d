using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Citizens;

/// <summary>The 12-digit personal identification number (Law 26/2023/QH15 art. 12); it can only hold twelve ASCII digits and never prints them all.</summary>
[JsonConverter(typeof(PersonalIdConverter))]
public readonly record struct PersonalId : IComparable<PersonalId>
{
    private const int Length = 12;
    private readonly string? _digits;

    private PersonalId(string digits) => _digits = digits;

    /// <summary>Parses exactly twelve ASCII digits; anything else is a <see cref="FormatException"/> that does not repeat the input.</summary>
    public static PersonalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A personal ID is twelve digits.");

    /// <summary>Tells whether the text is exactly twelve ASCII digits, and gives the number if it is.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PersonalId id)
    {
        id = default;
        if (text is not { Length: Length } || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        id = new PersonalId(text);
        return true;
    }

    /// <summary>The twelve digits in clear: for storage, grain keys and answers to those entitled, never for logs or URLs.</summary>
    public string Reveal() => _digits ?? throw new InvalidOperationException("The personal ID is empty.");

    /// <summary>The first three digits: where the birth was registered (province or country code).</summary>
    public string RegistrationCode => Reveal()[..3];

    /// <summary>The fourth digit, which encodes century of birth and sex.</summary>
    public int CenturyAndSexDigit => Reveal()[3] - '0';

    /// <summary>The last two digits of the year of birth as the number was issued.</summary>
    public int TwoDigitYear => int.Parse(Reveal().AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The masked number, such as <c>067*****2345</c>.</summary>
    public override string ToString() => _digits is null ? "(none)" : string.Concat(_digits.AsSpan(0, 3), "*****", _digits.AsSpan(8));

    /// <summary>Orders by the digits.</summary>
    public int CompareTo(PersonalId other) => string.CompareOrdinal(_digits, other._digits);

    public static bool operator <(PersonalId left, PersonalId right) => left.CompareTo(right) < 0;

    public static bool operator >(PersonalId left, PersonalId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PersonalId left, PersonalId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PersonalId left, PersonalId right) => left.CompareTo(right) >= 0;
}

/// <summary>Writes a personal ID as its twelve digits and refuses anything else on reading, without repeating it.</summary>
public sealed class PersonalIdConverter : JsonConverter<PersonalId>
{
    /// <summary>Reads twelve digits; anything else is a <see cref="JsonException"/> that does not repeat the input.</summary>
    public override PersonalId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PersonalId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("A personal ID is a string of twelve digits.");

    /// <summary>Writes the twelve digits in clear.</summary>
    public override void Write(Utf8JsonWriter writer, PersonalId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
}
