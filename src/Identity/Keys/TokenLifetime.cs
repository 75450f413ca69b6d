namespace Platform.Identity.Keys;

/// <summary>How long what we sign is good for. Design limits, not settings: revocation at the next call relies on them.</summary>
static class TokenLifetime
{
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Identity = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Code = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan PushedRequest = TimeSpan.FromSeconds(60);

    /// <summary>From the first login on, not from the last use; a session lives no longer either.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromHours(12);
}
