using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;

namespace Platform.Api.Callers;

/// <summary>Who is let in: the kind of caller, one of the scopes, and for people the level and the role.</summary>
sealed record AccessRequirement : IAuthorizationRequirement
{
    public required string Policy { get; init; }

    public required Audience For { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public string? Role { get; init; }

    public static AccessRequirement ForSystem(string scope) => new() { Policy = scope, For = Audience.System, Scopes = [scope] };

    public static AccessRequirement ForCitizen(string scope) => new() { Policy = scope, For = Audience.Citizen, Scopes = [scope] };

    public static AccessRequirement ForStaff(string scope, string role) => new() { Policy = scope, For = Audience.Staff, Scopes = [scope], Role = role };

    /// <summary>Staff who act on citizens' matters, so that it must be known who they are.</summary>
    public static AccessRequirement ForOfficial(string scope, string role) =>
        new() { Policy = scope, For = Audience.Official, Scopes = [scope], Role = role };
}

enum Audience
{
    System = 1,
    Citizen = 2,
    Staff = 3,
    Official = 4,
}
