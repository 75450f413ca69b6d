namespace Platform.Portal.Sessions;

/// <summary>Everything that the portal knows of a login. It is kept in the browser's cookie, encrypted, and nowhere else.</summary>
sealed record PortalSession
{
    /// <summary>Name of the party that logged in.</summary>
    public required string Party { get; init; }

    public required string Access { get; init; }

    public required DateTimeOffset AccessEnds { get; init; }

    public required string Refresh { get; init; }

    /// <summary>The identity token, as the hint of a logout.</summary>
    public required string Identity { get; init; }

    /// <summary>The proof key, as <see cref="Login.ProofKey.Store"/> writes it.</summary>
    public required string Key { get; init; }

    /// <summary>What forms of this session prove that they are ours with.</summary>
    public required string FormSecret { get; init; }

    /// <summary>The person's name; null if the record could not be asked for it.</summary>
    public string? Name { get; init; }

    /// <summary>When the tokens came from a login.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>True if that login asked nobody.</summary>
    public bool Silent { get; init; }

    /// <summary>When it ends unless there is a click before.</summary>
    public required DateTimeOffset IdleEnds { get; init; }

    /// <summary>When it was last written into the cookie.</summary>
    public required DateTimeOffset Written { get; init; }
}
