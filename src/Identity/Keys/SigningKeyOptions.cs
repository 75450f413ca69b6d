using System.ComponentModel.DataAnnotations;

namespace Platform.Identity.Keys;

/// <summary>How signing keys age.</summary>
public sealed class SigningKeyOptions : IValidatableObject
{
    /// <summary>How long one key signs.</summary>
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs, so that everybody who checks tokens has seen it.</summary>
    public TimeSpan PublishAhead { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long relying parties may keep the published keys.</summary>
    public TimeSpan JwksCacheLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often an instance looks for keys that another instance made.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RefreshEvery < TimeSpan.FromSeconds(1) || RefreshEvery > TimeSpan.FromMinutes(5))
        {
            yield return new("Identity:Keys:RefreshEvery must lie between one second and five minutes.", [nameof(RefreshEvery)]);
        }
        if (JwksCacheLifetime < TimeSpan.FromMinutes(1))
        {
            yield return new("Identity:Keys:JwksCacheLifetime must be at least one minute.", [nameof(JwksCacheLifetime)]);
        }
        if (PublishAhead < JwksCacheLifetime + RefreshEvery)
        {
            yield return new(
                "Identity:Keys:PublishAhead must be longer than JwksCacheLifetime plus RefreshEvery, or tokens would be signed with a key that " +
                "nobody knows: raise it.", [nameof(PublishAhead)]);
        }
        if (RotateEvery < PublishAhead * 2)
        {
            yield return new("Identity:Keys:RotateEvery must be at least twice PublishAhead: raise it.", [nameof(RotateEvery)]);
        }
    }
}
