namespace Platform.Identity.Storage;

/// <summary>How often something was tried.</summary>
sealed class AttemptRow
{
    /// <summary>HMAC-SHA-256 of what the limit is about, base64.</summary>
    public required string Key { get; init; }

    public required long Count { get; init; }

    /// <summary>No attempt before this second.</summary>
    public required long NextAt { get; init; }

    public required long ForgetAt { get; init; }
}
