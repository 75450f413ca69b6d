using System.ComponentModel.DataAnnotations;

namespace Platform.Silo.Rules;

/// <summary>How long a silo may trust what it last confirmed of rule books and suspensions.</summary>
public sealed class RuleOptions
{
    public const string Section = "Rules";

    /// <summary>The lease; a silo that could not confirm within it refuses to decide.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:30")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long before its effect a book must be published: every lease that could still trust an older one has then run out, on a silo with whatever
    /// setting, and on one whose clock is a lease away.
    /// </summary>
    public static readonly TimeSpan PublishAhead = TimeSpan.FromSeconds(60);
}
