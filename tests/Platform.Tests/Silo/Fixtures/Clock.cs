using Microsoft.Extensions.Time.Testing;

namespace Platform.Tests.Silo.Fixtures;

internal static class Clock
{
    /// <summary>A clock that stands at 10:00 in the middle of next month, so that no period ends while a test runs; the shipped book is in force.</summary>
    public static FakeTimeProvider MidMonth()
    {
        var today = Person.Now;
        return new FakeTimeProvider(new DateTimeOffset(today.Year, today.Month, 15, 3, 0, 0, TimeSpan.Zero).AddMonths(1));
    }
}
