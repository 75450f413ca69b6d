namespace Platform.Api.Callers;

/// <summary>An identity server and what its tokens may speak of.</summary>
public sealed class TrustedIssuer
{
    /// <summary>The <c>iss</c> of its tokens; whether it ends in a slash does not matter.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Address below which its OIDC discovery document stands, where that is not the issuer itself.</summary>
    public Uri? Authority { get; set; }

    /// <summary>Address of its OIDC discovery document, from which the signing keys come, where it does not stand at the usual place.</summary>
    public Uri? MetadataAddress { get; set; }

    /// <summary>Kinds of callers that its tokens may name: <c>System</c>, <c>Person</c>.</summary>
    public IList<CallerKind> Kinds { get; } = [];

    /// <summary>
    /// Whether its tokens of people name a session of the province's accounts, which is asked at each call. Only an issuer that keeps no account here
    /// may set it to false; its people are then let in until their token runs out.
    /// </summary>
    public bool LiveSessions { get; set; } = true;

    /// <summary>Whether only tokens bound to a key (DPoP) or a certificate (mTLS) count.</summary>
    public bool RequireBound { get; set; }

    internal Uri? Metadata => MetadataAddress ?? Below(Authority?.OriginalString ?? Issuer);

    internal string? Finding(string setting) => this switch
    {
        { Issuer: "" } => $"Set {setting}:Issuer to the issuer of the tokens, for instance https://identity.example.vn/.",
        { Kinds: [] } => $"Set {setting}:Kinds:0 to System or Person: what this issuer's tokens may speak of.",
        { Metadata: null or { IsAbsoluteUri: false } } => $"Set {setting}:MetadataAddress to the address of the issuer's discovery document.",
        { Metadata: { } address } when address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback =>
            $"{setting}:MetadataAddress must begin with https:// unless it is on this machine: the signing keys come from there.",
        _ => null,
    };

    static Uri? Below(string authority) =>
        Uri.TryCreate(authority.TrimEnd('/') + "/.well-known/openid-configuration", UriKind.Absolute, out var address) ? address : null;
}

/// <summary>What a token can speak of.</summary>
public enum CallerKind
{
    /// <summary>A sector system.</summary>
    System = 1,

    /// <summary>A person: a citizen or a member of staff.</summary>
    Person = 2,
}
