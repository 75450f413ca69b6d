namespace Platform.Api.Reports;

/// <summary>What an official is at this moment.</summary>
sealed record OfficialRole
{
    /// <summary>The role in which the official reads and answers.</summary>
    public required string Role { get; init; }
}
