using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>What an electronic identity may ask of the record it belongs to; the grain key is the 12-digit personal ID. Asked by accounts only.</summary>
[Alias("citizen-identity"), GrainInterfaceType("citizen-identity")]
public interface ICitizenIdentity : IGrainWithStringKey
{
    /// <summary>Whether and how the number is in use, seen against the newest ledger position.</summary>
    [Alias("get-standing")]
    Task<CitizenStanding> GetStanding();

    /// <summary>Appends to the ledger that these claims go to a relying party, and only then gives their values; a claim without a value is left out.</summary>
    [Alias("release-identity")]
    Task<ImmutableDictionary<string, string>> ReleaseIdentity(ReleaseClaimsCall call);
}

/// <summary>What an account must know of the citizen's record.</summary>
[GenerateSerializer, Immutable, Alias("citizen-standing")]
public sealed record CitizenStanding
{
    /// <summary>Whether the province holds a record.</summary>
    [Id(0)]
    public required bool Known { get; init; }

    /// <summary>Whether the number is in use.</summary>
    [Id(1)]
    public required bool Active { get; init; }

    /// <summary>Name for people; empty if there is none.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Birth date as the record has it, possibly partial; null if unknown.</summary>
    [Id(3)]
    public string? BirthDate { get; init; }
}
