using System.Collections.Immutable;
using System.Globalization;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Sharing;

/// <summary>It is one of these ISO weekdays (1 is Monday) and between the two times of day, the second excluded, in Asia/Ho_Chi_Minh.</summary>
public sealed record HoursCondition(ImmutableArray<int> Days, TimeOnly From, TimeOnly To) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        var local = CivilTime.Local(scenario.Now);
        var today = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (IsOpenOn(today) && time >= From && time < To)
        {
            return Finding.Met;
        }

        var next = IsOpenOn(today) && time < From ? today : today.AddDays(1);
        for (var day = 0; day < 7 && !IsOpenOn(next); day++)
        {
            next = next.AddDays(1);
        }

        return Finding.Unmet(Reason.OutsideHours, IsOpenOn(next) && From < To ? Wait(CivilTime.At(next, From)) : null);
    }

    internal override Remedy? Avoid(Scenario scenario) => Wait(CivilTime.At(CivilTime.Day(scenario.Now), To));

    // Told in whole seconds, never a moment too early.
    internal static Remedy Wait(DateTimeOffset until) =>
        new(RemedyKind.WaitUntil, until.ToUniversalTime().AddTicks(TimeSpan.TicksPerSecond - 1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private bool IsOpenOn(DateOnly day) => Days.Contains(day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek);
}

/// <summary>The system had less than this many releases about the citizen under the purpose in the current period.</summary>
public sealed record QuotaCondition(int Count, Period Per) : Condition
{
    internal override Finding Evaluate(Scenario scenario, string name)
    {
        var usage = scenario.Facts.Usage.FirstOrDefault(fact => fact.Purpose == scenario.Request.Purpose);
        var used = (usage, Per) switch
        {
            (null, _) => 0,
            (_, Period.Day) => usage.Day,
            (_, Period.Month) => usage.Month,
            _ => usage.Year,
        };
        if (used < Count)
        {
            return Finding.Met;
        }

        return Finding.Unmet(Reason.QuotaExhausted, Count > 0 ? HoursCondition.Wait(CivilTime.StartOf(NextPeriod(CivilTime.Day(scenario.Now)))) : null);
    }

    private DateOnly NextPeriod(DateOnly today) => Per switch
    {
        Period.Day => today.AddDays(1),
        Period.Month => new DateOnly(today.Year, today.Month, 1).AddMonths(1),
        _ => new DateOnly(today.Year + 1, 1, 1),
    };
}
