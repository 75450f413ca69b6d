namespace Platform.Load.Open.Results;

/// <summary>Times in which nobody was answered.</summary>
internal static class Gap
{
    /// <summary>The longest time within an interval in which no answer came; the whole of it if none did.</summary>
    public static TimeSpan Longest(IEnumerable<long> answers, long from, long to)
    {
        var (longest, last) = (0L, from);
        foreach (var at in answers.Where(at => at >= from && at <= to).Order())
        {
            longest = Math.Max(longest, at - last);
            last = at;
        }

        return TimeSpan.FromMicroseconds(Math.Max(longest, to - last));
    }
}
