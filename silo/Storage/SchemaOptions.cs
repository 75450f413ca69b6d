using System.ComponentModel.DataAnnotations;

namespace Platform.Silo.Storage;

/// <summary>Who brings the schema up to date; section <c>Schema</c> of a silo.</summary>
public sealed class SchemaOptions
{
    public const string Section = "Schema";

    /// <summary>Whether this process migrates; where a job does (<c>migrate</c>), a silo only waits for what its release needs.</summary>
    public bool Migrate { get; set; } = true;

    /// <summary>How long a database, or a schema that is migrated elsewhere, may still be on its way.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Schema:Patience must lie between zero and one hour, for instance 00:05:00.")]
    public TimeSpan Patience { get; set; } = TimeSpan.Zero;
}
