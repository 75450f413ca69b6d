using System.ComponentModel.DataAnnotations;
using Platform.Hosting.Mtls;

namespace Platform.Identity;

/// <summary>How the server is known and what it bears.</summary>
public sealed class IdentityOptions : IValidatableObject
{
    /// <summary>The public address of this server, as clients write it; a bare host ends in a slash.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>False where TLS ends in front of this process and the proxy's headers are not forwarded.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>How long a changed or disabled client may still be seen as it was.</summary>
    public TimeSpan ClientCacheLifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Token requests per minute from one address; beyond that it is told to wait.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Identity:TokenRequestsPerMinute must lie between 1 and 1000000.")]
    public int TokenRequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests per minute for everything else from one address, which may be a whole office; beyond that people are told to wait.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Identity:PageRequestsPerMinute must lie between 1 and 10000000.")]
    public int PageRequestsPerMinute { get; set; } = 3000;

    /// <summary>A port for clients that authenticate by certificate or want tokens bound to one.</summary>
    public ClientTlsOptions Mtls { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Issuer is null || !Issuer.IsAbsoluteUri || Issuer.Scheme is not ("https" or "http"))
        {
            yield return new("Set Identity:Issuer to the public address of this server, for instance https://identity.example.vn/.");
        }
        else if (Issuer.AbsolutePath != "/" || Issuer.Query.Length > 0 || Issuer.Fragment.Length > 0 || Issuer.UserInfo.Length > 0)
        {
            yield return new("Identity:Issuer must be a bare host without path, query or user: give the server a host name of its own.");
        }
        else if (Issuer.Scheme == "http" && !Issuer.IsLoopback && RequireHttps)
        {
            yield return new("Identity:Issuer must begin with https:// unless it is on this machine; or set Identity:RequireHttps to false.");
        }
        if (Mtls.Finding("Identity:Mtls") is { } mtls)
        {
            yield return new(mtls);
        }
        if (Mtls is { Port: > 0, PublicAddress: null } || (Mtls.ClientAuthorities is { } authorities && !File.Exists(authorities)))
        {
            yield return new(
                "Set Identity:Mtls:PublicAddress to the address of the mTLS port as clients write it, and Identity:Mtls:ClientAuthorities to an existing PEM file or to nothing.");
        }
        if (ClientCacheLifetime < TimeSpan.Zero || ClientCacheLifetime > TimeSpan.FromMinutes(1))
        {
            yield return new("Identity:ClientCacheLifetime must lie between zero and one minute.", [nameof(ClientCacheLifetime)]);
        }
    }
}

/// <summary>The mTLS port, how clients reach it, and whose client certificates count.</summary>
public sealed class ClientTlsOptions : MtlsOptions
{
    /// <summary>Address of the port as clients write it; its endpoints are in the discovery document's <c>mtls_endpoint_aliases</c>.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>PEM file with the authorities that vouch for clients' subjects; without it nobody authenticates by certificate, but tokens may be bound to one.</summary>
    public string? ClientAuthorities { get; set; }
}
