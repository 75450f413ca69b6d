namespace Platform.Load.Open;

/// <summary>All arrivals of a run, a function of the seed alone: when each is intended to start, what it does and to whom.</summary>
internal sealed record Schedule
{
    private const double Second = 1_000_000;
    private const double Least = 0.1;

    public required int Seed { get; init; }

    /// <summary>Arrivals a second.</summary>
    public required double Rate { get; init; }

    /// <summary>From the first arrival to the last, warm-up included.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>For so long the rate grows evenly from a tenth: programs that have just been started are not buried at once.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Equal distances instead of a Poisson process.</summary>
    public bool Uniform { get; init; }

    public required Mix Mix { get; init; }

    public required int Citizens { get; init; }

    /// <summary>The first so many citizens are hot.</summary>
    public required int Hot { get; init; }

    /// <summary>Share of the arrivals that concern the hot citizens; the rest is spread over everybody.</summary>
    public required double HotShare { get; init; }

    public IEnumerable<Arrival> Arrivals()
    {
        // Seeded sequences of this class are the same in every version of .NET.
        var random = new Random(Seed);
        var end = Length.TotalMicroseconds;
        double at = 0;
        for (long number = 0; ; number++)
        {
            var distance = Second / (Rate * Grown(at));
            at += Uniform ? distance : -Math.Log(1 - random.NextDouble()) * distance;
            if (at >= end)
            {
                yield break;
            }

            var workload = Mix.At(random.NextDouble());
            var hot = random.NextDouble() < HotShare;
            yield return new Arrival(number, (long)at, workload, random.Next(hot ? Math.Min(Hot, Citizens) : Citizens), random.Next(int.MaxValue), random.Next(int.MaxValue));
        }
    }

    private double Grown(double at) => WarmUp > TimeSpan.Zero ? Math.Clamp(at / WarmUp.TotalMicroseconds, Least, 1) : 1;
}
