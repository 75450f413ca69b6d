namespace Platform.Api.Limits;

/// <summary>How much a caller may ask; section <c>Api:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests per second that a sector system may make on average.</summary>
    public int SystemPerSecond { get; set; } = 500;

    /// <summary>Requests that a sector system may make at once.</summary>
    public int SystemBurst { get; set; } = 1000;

    /// <summary>Requests per minute that a person may make on average.</summary>
    public int PersonPerMinute { get; set; } = 600;

    /// <summary>Requests that a person may make at once; a page of a portal takes up to five.</summary>
    public int PersonBurst { get; set; } = 240;

    /// <summary>Requests per minute without a valid token from one address that are told why; the rest are told to wait.</summary>
    public int FailuresPerMinute { get; set; } = 120;

    /// <summary>Requests that one instance works on at once, whoever asks.</summary>
    public int InFlight { get; set; } = 2000;

    internal string? Finding() =>
        new[] { InFlight, SystemPerSecond, SystemBurst, PersonPerMinute, PersonBurst, FailuresPerMinute }.All(limit => limit is >= 1 and <= 1_000_000)
            ? null
            : "Every limit of Api:Limits must lie between 1 and 1000000.";
}
