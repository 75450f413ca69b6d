namespace Platform.Identity.Keys;

/// <summary>How long what we sign is good for. Design limits, not settings: revocation at the next call relies on them.</summary>
static class TokenLifetime
{
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(5);
}
