namespace Platform.Identity.Attempts;

/// <summary>How many attempts are free, and how long each further one must wait: the first pause, doubled each time up to the longest.</summary>
sealed record AttemptLimit(string Name, int Free, TimeSpan Pause, TimeSpan LongestPause, TimeSpan ForgetAfter)
{
    /// <summary>Whatever account is tried from one address. Whole villages share one, hence many.</summary>
    public static AttemptLimit Address { get; } = new("address", 100, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));

    /// <summary>An account, tried from browsers in which nobody has ever logged in to it.</summary>
    public static AttemptLimit Strangers { get; } = new("strangers", 5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    /// <summary>An account, tried from one browser in which its holder has logged in.</summary>
    public static AttemptLimit KnownBrowser { get; } = new("known-browser", 10, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>Six-digit codes: few enough that guessing takes longer than a life.</summary>
    public static AttemptLimit Codes { get; } = new("codes", 5, TimeSpan.FromMinutes(5), TimeSpan.FromHours(4), TimeSpan.FromDays(7));
}
