namespace Platform.Identity.Storage;

/// <summary>One generation of our signing key. Instants are Unix seconds, because both databases order those alike.</summary>
sealed class SigningKeyRow
{
    public required long Generation { get; init; }

    public required string KeyId { get; init; }

    /// <summary>Base64 of the SubjectPublicKeyInfo.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Base64 of the PKCS #8 private key, encrypted by data protection.</summary>
    public required string ProtectedPrivateKey { get; init; }

    public required long CreatedAt { get; init; }

    public required long SignsFrom { get; init; }

    /// <summary>Set only when a key was given up at once, for instance because it leaked.</summary>
    public long? WithdrawnAt { get; set; }
}

/// <summary>What has been used once: SHA-256 over context and value, in base64.</summary>
sealed class UsedValueRow
{
    public required string Digest { get; init; }

    public required long ExpiresAt { get; init; }
}

/// <summary>One element of the data protection key ring, encrypted with the ring's certificate.</summary>
sealed class ProtectionKeyRow
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}
