using System.Globalization;

namespace Platform.Identity.Pages.Shell;

/// <summary>Instants as people in Việt Nam read them: UTC+7, no daylight saving since 1975.</summary>
static class LocalTime
{
    static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    public static string Write(DateTimeOffset at, string language) => at.ToOffset(Offset).ToString(
        language == Languages.English ? "d MMM yyyy, HH:mm" : "HH:mm, dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset at) => at.ToOffset(Offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
