using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>A session to open.</summary>
[GenerateSerializer, Immutable, Alias("open-session-call")]
public sealed record OpenSessionCall
{
    /// <summary>The factors that were checked, at least one.</summary>
    [Id(0)]
    public required ImmutableArray<CheckedFactor> Factors { get; init; }

    /// <summary>Browser and coarse address, for the holder to recognise, at most 120 characters.</summary>
    [Id(1)]
    public required string Place { get; init; }

    /// <summary>For a ward: the representative's approval, taken by the account at the representative's account.</summary>
    [Id(2)]
    public string? RepresentativeApproval { get; init; }
}

/// <summary>A relying party of a session.</summary>
[GenerateSerializer, Immutable, Alias("session-client")]
public sealed record SessionClient
{
    /// <summary>Client id.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The pairwise <c>sub</c> by which it knows the person.</summary>
    [Id(1)]
    public required string Subject { get; init; }

    /// <summary>The <c>sid</c> by which it knows the session.</summary>
    [Id(2)]
    public required string Sid { get; init; }

    /// <summary>Names its stay from entering to leaving, so that tokens of an earlier stay do not count in a later one; given by the account, null before there were names.</summary>
    [Id(3)]
    public string? Stay { get; init; }
}

/// <summary>A session that lives.</summary>
[GenerateSerializer, Immutable, Alias("eid-session-view")]
public sealed record EidSessionView
{
    /// <summary>128 random bits, base64url.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Level that counts now: what was proved, and no more than the account has.</summary>
    [Id(1)]
    public required int Level { get; init; }

    /// <summary>Last authentication (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Authentication methods (RFC 8176).</summary>
    [Id(3)]
    public required ImmutableArray<string> Amr { get; init; }

    /// <summary>Opened (UTC).</summary>
    [Id(4)]
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where it was opened.</summary>
    [Id(5)]
    public required string Place { get; init; }

    /// <summary>Relying parties in it.</summary>
    [Id(6)]
    public required ImmutableArray<SessionClient> Clients { get; init; }

    /// <summary>Roles that the person has now.</summary>
    [Id(7)]
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Ends at the latest (UTC): twelve hours after it was opened.</summary>
    [Id(8)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>True for a ward's session: what is consented to in it needs the representative's approval.</summary>
    [Id(9)]
    public bool OfWard { get; init; }

    /// <summary>Whether a token counts that a relying party got in this stay; what a token does not name (null) is not compared.</summary>
    public bool Admits(string? clientId, string? stay) =>
        Clients.Any(client => (clientId is null || client.ClientId == clientId) && (stay is null || client.Stay == stay));
}

/// <summary>That a session ended, for one relying party.</summary>
[GenerateSerializer, Immutable, Alias("logout-notice")]
public sealed record LogoutNotice
{
    /// <summary>Id; also the <c>jti</c> of the logout token.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Whom to tell, and by which names it knows person and session.</summary>
    [Id(1)]
    public required SessionClient Client { get; init; }

    /// <summary>When the session ended (UTC).</summary>
    [Id(2)]
    public required DateTimeOffset EndedAt { get; init; }
}
