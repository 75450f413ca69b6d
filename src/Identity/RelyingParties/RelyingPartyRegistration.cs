namespace Platform.Identity.RelyingParties;

/// <summary>A relying party as an administrator registers it.</summary>
public sealed record RelyingPartyRegistration
{
    /// <summary>3 to 64 small letters, digits, dot, hyphen and underscore.</summary>
    public required string ClientId { get; init; }

    /// <summary>Name in Vietnamese, at most 200 characters; people see it when they log in.</summary>
    public required string NameVi { get; init; }

    /// <summary>Name in English.</summary>
    public required string NameEn { get; init; }

    /// <summary>Exact addresses to which codes may be sent: https, http on loopback, or for a public client a private-use scheme.</summary>
    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>Exact addresses to which a browser may be sent after logout.</summary>
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>Where ended sessions are announced (OpenID Connect Back-Channel Logout 1.0); https or loopback.</summary>
    public string? BackChannelLogoutUri { get; init; }

    /// <summary>Relying parties of one sector know a person by the same subject. Default: the host of the redirect addresses, which then must be one.</summary>
    public string? Sector { get; init; }

    /// <summary>Public keys of a confidential client that signs assertions and proofs of its own ({"keys": [...]}).</summary>
    public string? Jwks { get; init; }

    /// <summary>Subject (RFC 4514) of the certificate of a confidential client that authenticates by TLS; neither this nor keys: a public client.</summary>
    public string? TlsSubject { get; init; }

    /// <summary>Any of <see cref="PersonScopes.All"/>, with <c>openid</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Lowest identity level with which people may log in here: 1 or 2.</summary>
    public int MinLevel { get; init; } = 1;

    /// <summary>False lets a confidential client use tokens that are not bound to a key or certificate of its own; public clients may always.</summary>
    public bool SenderConstrained { get; init; } = true;

    /// <summary>The sector system of the rule book that it belongs to: it may ask consents for it, and that system may act for officials who log in here.</summary>
    public string? System { get; init; }
}
