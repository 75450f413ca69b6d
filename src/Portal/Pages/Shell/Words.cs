using System.Globalization;
using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Shell;

/// <summary>Dates, times and numbers as people in Việt Nam, or readers of English, write them; times are those of Việt Nam (UTC+7, no daylight saving since 1975).</summary>
public sealed record Words(string Language)
{
    static readonly TimeSpan Offset = TimeSpan.FromHours(7);
    static readonly NumberFormatInfo Vietnamese = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberGroupSeparator = ".", NumberDecimalSeparator = "," });

    public bool IsEnglish => Language == Languages.English;

    public string T(string vi, string en) => IsEnglish ? en : vi;

    public string T(LocalText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return T(text.Vi, text.En);
    }

    public string Time(DateTimeOffset at) =>
        at.ToOffset(Offset).ToString(IsEnglish ? "d MMM yyyy, HH:mm" : "HH:mm, dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A time that spreadsheets take for one, whatever their language.</summary>
    public static string Sortable(DateTimeOffset at) => at.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Clock(DateTimeOffset at) => at.ToOffset(Offset).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => Date(DayOf(at));

    public string Date(DateOnly day) => day.ToString(IsEnglish ? "d MMM yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A date as the record has it, <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>: nothing is filled in. Anything else is shown as it is.</summary>
    public string Date(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return Date(day);
        }
        return DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month.ToString(IsEnglish ? "MMM yyyy" : "MM/yyyy", CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>A month as <c>yyyy-MM</c> has it.</summary>
    public string Month(string month) => DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        ? first.ToString(IsEnglish ? "MMMM yyyy" : "'Tháng' M/yyyy", CultureInfo.InvariantCulture)
        : month;

    public string Number(decimal number) => number.ToString("#,0.####", IsEnglish ? NumberFormatInfo.InvariantInfo : Vietnamese);

    /// <summary>The day in Việt Nam.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);
}
