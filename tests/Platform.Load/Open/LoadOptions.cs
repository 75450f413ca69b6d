using System.Collections.Immutable;
using System.Globalization;
using Platform.Load.Histories;

namespace Platform.Load.Open;

/// <summary>What a run is like; together with the seed it decides what is sent and when.</summary>
internal sealed record LoadOptions
{
    // More than any number of callers asks for: in a closed loop the times of a schedule do not count.
    private const double Unlimited = 1_000_000;

    /// <summary>Arrivals a second.</summary>
    public double Rate { get; init; } = 200;

    /// <summary>How long is measured.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long load grows before that; it is recorded, and left out of the figures.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.Zero;

    public int Seed { get; init; } = 1;

    public Mix Mix { get; init; } = Mix.Default;

    /// <summary>Equal distances instead of a Poisson process.</summary>
    public bool Uniform { get; init; }

    /// <summary>So many citizens get most of the traffic.</summary>
    public int Hot { get; init; } = 50;

    /// <summary>Share of the traffic that they get.</summary>
    public double HotShare { get; init; } = 0.8;

    /// <summary>Operations that may be under way in all; more are not sent, and are counted as such.</summary>
    public int MostInFlight { get; init; } = 2000;

    /// <summary>Operations that may be under way for one citizen.</summary>
    public int MostPerCitizen { get; init; } = 4;

    /// <summary>Whether a client tries once more, elsewhere, after a 503 or a broken connection.</summary>
    public bool Retry { get; init; }

    /// <summary>A closed loop of so many callers instead of arrivals; nothing is intended, everybody asks as soon as they have their answer.</summary>
    public int? Callers { get; init; }

    /// <summary>How long a request may go without an answer; more than the API gives itself.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after the last arrival is waited for what is under way.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>File of the history, if it is to be kept.</summary>
    public string? Save { get; init; }

    /// <summary>Whether operations are kept for the checker.</summary>
    public bool Record { get; init; } = true;

    /// <summary>What a history says of the run.</summary>
    public HistoryHeader Header(RunClock clock, LoadTarget target) => new()
    {
        Seed = Seed,
        StartedAt = clock.StartedAt,
        Citizens = target.Citizens.Length,
        Instances = target.Apis.Length,
        Options = ImmutableSortedDictionary<string, string>.Empty.AddRange(
        [
            new("rate", Text(Rate)),
            new("seconds", Text(Length.TotalSeconds)),
            new("warm-up", Text(WarmUp.TotalSeconds)),
            new("callers", Text(Callers ?? 0)),
            new("mix", Mix.ToString()),
            new("hot", Text(Hot)),
            new("hot-share", Text(HotShare)),
            new("arrivals", Uniform ? "uniform" : "poisson"),
            new("retry", Retry ? "once" : "never"),
        ]),
    };

    public Schedule ScheduleFor(int citizens) => new()
    {
        Seed = Seed,
        Rate = Callers is null ? Rate : Unlimited,
        Length = WarmUp + Length,
        WarmUp = WarmUp,
        Uniform = Uniform,
        Mix = Mix,
        Citizens = citizens,
        Hot = Hot,
        HotShare = HotShare,
    };

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
