namespace Platform.Domain;

/// <summary>A text for people in both languages of the platform; Vietnamese is the authoritative one.</summary>
public sealed record LocalText
{
    /// <summary>Vietnamese.</summary>
    public required string Vi { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }
}
