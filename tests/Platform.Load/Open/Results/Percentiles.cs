using HdrHistogram;

namespace Platform.Load.Open.Results;

/// <summary>Waits in milliseconds, from a histogram of three significant digits: each is at most a thousandth too high, and never too low.</summary>
internal sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max)
{
    private const long Highest = 3_600_000_000;
    private const int Digits = 3;
    private const int Rounded = 6;

    public static Percentiles Of(IEnumerable<long> microseconds)
    {
        var histogram = new LongHistogram(1, Highest, Digits);
        foreach (var value in microseconds)
        {
            histogram.RecordValue(Math.Clamp(value, 1, Highest));
        }

        double At(double percentile)
        {
            // The histogram rounds ranks to the nearest, which may be one too low: it is given the exact one.
            var count = histogram.TotalCount;
            return count == 0 ? 0 : histogram.GetValueAtPercentile(100 * Math.Ceiling(Math.Round(percentile * count / 100, Rounded)) / count) / 1000.0;
        }

        return new(histogram.TotalCount, At(50), At(90), At(99), At(99.9), At(100));
    }
}
