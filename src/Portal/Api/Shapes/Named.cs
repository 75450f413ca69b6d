namespace Platform.Portal.Api.Shapes;

/// <summary>A text in both languages.</summary>
public sealed record LocalText
{
    public required string Vi { get; init; }

    public required string En { get; init; }
}

/// <summary>A key with its name for people.</summary>
public sealed record Named
{
    public required string Key { get; init; }

    public required LocalText Label { get; init; }
}
