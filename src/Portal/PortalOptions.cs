using System.ComponentModel.DataAnnotations;
using Platform.Portal.Login;

namespace Platform.Portal;

/// <summary>Where the portal is, whom it asks, and what its sessions are worth; section <c>Portal</c>.</summary>
public sealed class PortalOptions : IValidatableObject
{
    public const string Section = "Portal";

    /// <summary>The address under which people reach the portal.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>The issuer that logs people in.</summary>
    public Uri? Identity { get; set; }

    /// <summary>The API.</summary>
    public Uri? Api { get; set; }

    /// <summary>Name under which the portal is registered as a relying party.</summary>
    public string? ClientId { get; set; }

    /// <summary>File with the private key of that registration, a JWK.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The officers' counter; without it there is none.</summary>
    public CounterOptions? Counter { get; set; }

    /// <summary>Folder of the keys that encrypt cookies; all instances share it.</summary>
    public string? KeyRingDirectory { get; set; }

    /// <summary>PEM file with an RSA certificate and its key that encrypts the folder's keys; without it the folder itself must be secret.</summary>
    public string? KeyRingCertificate { get; set; }

    /// <summary>Whether the folder's keys come from outside, for instance a mounted secret, and none is made here; the command <c>key-ring</c> makes them.</summary>
    public bool KeyRingIsGiven { get; set; }

    /// <summary>After so many minutes without a click a person must log in again.</summary>
    [Range(6, 60, ErrorMessage = "Portal:IdleMinutes must lie between 6 and 60.")]
    public int IdleMinutes { get; set; } = 20;

    /// <summary>How long the API and the identity server may take for one answer.</summary>
    [Range(1, 60, ErrorMessage = "Portal:PatienceSeconds must lie between 1 and 60.")]
    public int PatienceSeconds { get; set; } = 10;

    internal bool IsSecure => PublicAddress!.Scheme == Uri.UriSchemeHttps;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsRoot(PublicAddress) || !IsPrivate(PublicAddress!))
        {
            yield return new("Set Portal:PublicAddress to the portal's own host, for instance https://portal.example.vn/; http only on this machine.");
        }
        if (!IsRoot(Identity) || !IsPrivate(Identity!))
        {
            yield return new("Set Portal:Identity to the issuer that logs people in, for instance https://identity.example.vn/; http only on this machine.");
        }
        if (!IsRoot(Api))
        {
            yield return new("Set Portal:Api to the address of the API, for instance https://api.example.vn/.");
        }
        if (string.IsNullOrWhiteSpace(ClientId) || !ClientKey.IsReadable(KeyFile))
        {
            yield return new("Set Portal:ClientId and Portal:KeyFile to the portal's registration at the identity server; the file is a private JWK.");
        }
        if (Counter is not null && (string.IsNullOrWhiteSpace(Counter.ClientId) || string.IsNullOrWhiteSpace(Counter.System)
            || !ClientKey.IsReadable(Counter.KeyFile) || !ClientKey.IsReadable(Counter.SystemKeyFile)))
        {
            yield return new("Set Portal:Counter:ClientId and KeyFile to the counter's registration and System and SystemKeyFile to its sector system, or leave all of Portal:Counter out.");
        }
        if (string.IsNullOrWhiteSpace(KeyRingDirectory))
        {
            yield return new("Set Portal:KeyRingDirectory to a folder that all instances share and nobody else reads.");
        }
        else if (KeyRingIsGiven && !(Directory.Exists(KeyRingDirectory) && Directory.EnumerateFiles(KeyRingDirectory, "*.xml").Any()))
        {
            yield return new("Portal:KeyRingDirectory holds no key although Portal:KeyRingIsGiven says that it does: make one with 'key-ring FOLDER' and mount it.");
        }
        if (!string.IsNullOrWhiteSpace(KeyRingCertificate) && !File.Exists(KeyRingCertificate))
        {
            yield return new("Portal:KeyRingCertificate names a file that does not exist: mount it or correct the path.");
        }
    }

    static bool IsRoot(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "https" or "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };

    static bool IsPrivate(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.IsLoopback;
}

/// <summary>The officers' counter: a relying party of its own, and the sector system that asks in the officer's name.</summary>
public sealed class CounterOptions
{
    public string? ClientId { get; set; }

    public string? KeyFile { get; set; }

    /// <summary>Client id of the sector system.</summary>
    public string? System { get; set; }

    public string? SystemKeyFile { get; set; }
}
