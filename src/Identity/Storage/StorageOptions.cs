using System.ComponentModel.DataAnnotations;

namespace Platform.Identity.Storage;

/// <summary>Where clients, keys and used assertions are kept, and what protects the private keys there.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary><c>sqlite:PATH</c>, or a PostgreSQL connection string.</summary>
    public string? Database { get; set; }

    /// <summary>Folder of the keys that encrypt private data, for a single node; must not lie in the database's backup.</summary>
    public string? KeyRingDirectory { get; set; }

    /// <summary>PEM file with a certificate and its private key; the ring is then kept in the database, encrypted with it.</summary>
    public string? KeyRingCertificate { get; set; }

    /// <summary>PEM files of earlier <see cref="KeyRingCertificate"/>s with their keys, for what they still protect; a ring key lives for 90 days and what it protected longer.</summary>
    public IList<string> FormerKeyRingCertificates { get; } = [];

    /// <summary>Whether the server migrates at start; where a job does (<c>migrate</c>), it only waits for what its release needs.</summary>
    public bool MigrateSchema { get; set; } = true;

    /// <summary>How long a database, or a schema that is migrated elsewhere, may still be on its way.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Identity:SchemaPatience must lie between zero and one hour, for instance 00:05:00.")]
    public TimeSpan SchemaPatience { get; set; } = TimeSpan.Zero;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Database))
        {
            yield return new("Set Identity:Database to sqlite:PATH or to a PostgreSQL connection string.", [nameof(Database)]);
        }
        else if (DatabaseAddress.TryParse(Database) is null)
        {
            yield return new("Identity:Database is neither sqlite:PATH nor a PostgreSQL connection string with a Host: correct it.");
        }
        if (string.IsNullOrWhiteSpace(KeyRingDirectory) == string.IsNullOrWhiteSpace(KeyRingCertificate))
        {
            yield return new(
                "Set either Identity:KeyRingDirectory (one node) or Identity:KeyRingCertificate (several nodes), and not both.",
                [nameof(KeyRingDirectory), nameof(KeyRingCertificate)]);
        }
        if (!string.IsNullOrWhiteSpace(KeyRingCertificate) && !File.Exists(KeyRingCertificate))
        {
            yield return new("Identity:KeyRingCertificate names a file that does not exist: mount it or correct the path.");
        }
    }
}
