namespace Platform.Identity.Storage;

/// <summary>An authorization request that waits for a person.</summary>
sealed class InteractionRow
{
    /// <summary>SHA-256 of the handle, base64.</summary>
    public required string HandleDigest { get; init; }

    /// <summary>SHA-256 of the browser's cookie, base64.</summary>
    public required string BrowserDigest { get; init; }

    /// <summary>The interaction, encrypted.</summary>
    public required string Content { get; set; }

    public required long Version { get; set; }

    public required long ExpiresAt { get; init; }
}

/// <summary>A secret of all instances, encrypted.</summary>
sealed class SecretRow
{
    public required string Name { get; init; }

    public required string ProtectedValue { get; init; }
}
