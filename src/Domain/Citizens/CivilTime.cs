namespace Platform.Domain.Citizens;

/// <summary>Days and hours as the law counts them: Asia/Ho_Chi_Minh, UTC+07:00 without daylight saving since 1975.</summary>
public static class CivilTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The instant as local date and time.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The local calendar day of an instant.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The first instant (UTC) of a local calendar day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The instant (UTC) of a local day and time.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();

    /// <summary>The instant cut to whole microseconds, the precision in which everything is stored and hashed.</summary>
    public static DateTimeOffset Microseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
