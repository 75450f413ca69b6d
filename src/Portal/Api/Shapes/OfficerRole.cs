namespace Platform.Portal.Api.Shapes;

/// <summary>The role in which an official works at the counter.</summary>
public sealed record OfficerRole
{
    public required string Role { get; init; }
}
