using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Citizens;

/// <summary>A date of which only the year, or year and month, may be known; what is unknown is never filled in.</summary>
[JsonConverter(typeof(PartialDateConverter))]
public readonly record struct PartialDate
{
    private PartialDate(int year, int? month, int? day) => (Year, Month, Day) = (year, month, day);

    /// <summary>The year, 1 to 9999.</summary>
    public int Year { get; }

    /// <summary>The month, or null if unknown.</summary>
    public int? Month { get; }

    /// <summary>The day of the month, or null if unknown.</summary>
    public int? Day { get; }

    /// <summary>The earliest day the date can mean.</summary>
    public DateOnly Earliest => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The latest day the date can mean.</summary>
    public DateOnly Latest => new(Year, Month ?? 12, Day ?? DateTime.DaysInMonth(Year, Month ?? 12));

    /// <summary>Parses <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>; false for anything else, including days that do not exist.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PartialDate date)
    {
        date = default;
        if (text is not { Length: 4 or 7 or 10 } || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1)
        {
            return false;
        }

        if (text.Length == 4)
        {
            date = new PartialDate(year, null, null);
            return true;
        }

        var whole = text.Length == 7 ? text + "-01" : text;
        if (!DateOnly.TryParseExact(whole, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        date = new PartialDate(year, day.Month, text.Length == 7 ? null : day.Day);
        return true;
    }

    /// <summary>Parses as <see cref="TryParse"/> does, or throws a <see cref="FormatException"/>.</summary>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException("A date is yyyy, yyyy-MM or yyyy-MM-dd.");

    /// <summary>Whether the person has reached the age on the day: unknown when that depends on the missing part of the date.</summary>
    public Answer HasReachedAge(int years, DateOnly on)
    {
        if (Reached(Latest, years, on))
        {
            return Answer.Yes;
        }

        return Reached(Earliest, years, on) ? Answer.Unknown : Answer.No;
    }

    // A birthday beyond the calendar has not come. Who was born on 29 February has it on the 28th where the year has no 29th.
    private static bool Reached(DateOnly born, int years, DateOnly on) =>
        born.Year + (long)years <= DateOnly.MaxValue.Year && born.AddYears(years) <= on;

    /// <summary>The date with exactly the parts that are known, such as <c>1960</c> or <c>1960-05-12</c>.</summary>
    public override string ToString() => (Month, Day) switch
    {
        (null, _) => Year.ToString("0000", CultureInfo.InvariantCulture),
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}"),
    };
}

/// <summary>Writes a partial date as its text and refuses anything else on reading.</summary>
public sealed class PartialDateConverter : JsonConverter<PartialDate>
{
    /// <summary>Reads <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PartialDate.TryParse(reader.GetString(), out var date) ? date : throw new JsonException("A date is yyyy, yyyy-MM or yyyy-MM-dd.");

    /// <summary>Writes the known parts.</summary>
    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
