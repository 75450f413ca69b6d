namespace Platform.Domain.Citizens;

/// <summary>Where a value comes from: the authoritative source, the moment it held there, and the source's own version of it.</summary>
public sealed record Provenance
{
    /// <summary>Key of the source in the catalogue, such as <c>population</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The instant (UTC) at which the source vouched for the value.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The source's version of what it sent; it only ever grows.</summary>
    public required long Version { get; init; }
}

/// <summary>Profile, residence and household attributes that came together from one source.</summary>
public sealed record SourcedAttributes
{
    /// <summary>Where all these values come from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Values by full catalogue path, in canonical text.</summary>
    public required AttributeValues Values { get; init; }
}
