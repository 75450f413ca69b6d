namespace Platform.Identity.Attempts;

/// <summary>How many attempts are free, and how long each further one must wait: the first pause, doubled each time up to the longest.</summary>
sealed record AttemptLimit(string Name, int Free, TimeSpan Pause, TimeSpan LongestPause, TimeSpan ForgetAfter)
{
    /// <summary>Whatever account is tried from one address. Whole villages share one, hence many.</summary>
    public static AttemptLimit Address { get; } = new("address", 100, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));

    /// <summary>An account, tried from one address by browsers in which nobody has ever logged in to it.</summary>
    public static AttemptLimit Strangers { get; } = new("strangers", 5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    /// <summary>
    /// The same from all addresses together: so wide that it takes many of them to reach it, with pauses so short that the holder at a new browser waits
    /// minutes at most, and yet long enough for a password to outlive the guessing.
    /// </summary>
    public static AttemptLimit AllStrangers { get; } = new("all-strangers", 100, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    /// <summary>Activation codes for an account, tried from one address. They are too long to be guessed, so it only keeps the work small.</summary>
    public static AttemptLimit Activation { get; } = new("activation", 10, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>An account, tried from one browser in which its holder has logged in.</summary>
    public static AttemptLimit KnownBrowser { get; } = new("known-browser", 10, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>Six-digit codes: few enough that guessing takes longer than a life.</summary>
    public static AttemptLimit Codes { get; } = new("codes", 5, TimeSpan.FromMinutes(5), TimeSpan.FromHours(4), TimeSpan.FromDays(7));
}
