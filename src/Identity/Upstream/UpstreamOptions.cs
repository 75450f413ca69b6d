using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace Platform.Identity.Upstream;

/// <summary>The national e-ID as an OpenID provider before this server; section <c>Identity:Upstream</c>. Without an authority there is none.</summary>
public sealed class UpstreamOptions : IValidatableObject
{
    /// <summary>The provider's issuer.</summary>
    public Uri? Authority { get; set; }

    /// <summary>Our client id there.</summary>
    public string? ClientId { get; set; }

    /// <summary>PEM file with our EC P-256 key there, for private_key_jwt (ES256).</summary>
    public string? KeyFile { get; set; }

    /// <summary>Name on the button, such as VNeID.</summary>
    public string Name { get; set; } = "VNeID";

    /// <summary>Scopes beyond openid.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>The claim with the 12-digit personal ID.</summary>
    public string NumberClaim { get; set; } = "personal_id";

    /// <summary>The claim with the level.</summary>
    public string LevelClaim { get; set; } = "acr";

    /// <summary>What the level claim says there for our levels; a value that is not here is refused.</summary>
    public IDictionary<string, int> Levels { get; } = new Dictionary<string, int>();

    public bool IsConfigured => Authority is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null)
        {
            yield break;
        }
        if (!Authority.IsAbsoluteUri || (Authority.Scheme != Uri.UriSchemeHttps && !Authority.IsLoopback))
        {
            yield return new("Identity:Upstream:Authority must be an https address.", [nameof(Authority)]);
        }
        if (string.IsNullOrEmpty(ClientId) || Levels.Count == 0 || Levels.Values.Any(level => level is not (1 or 2)))
        {
            yield return new("Set Identity:Upstream:ClientId, and Identity:Upstream:Levels:VALUE to 1 or 2 for each value of the level claim.");
        }
        if (Key() is not { } key)
        {
            yield return new("Set Identity:Upstream:KeyFile to a readable PEM file with an EC P-256 private key.", [nameof(KeyFile)]);
        }
        else
        {
            key.Dispose();
        }
    }

    internal ECDsa? Key()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(KeyFile ?? ""));
            return key;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
