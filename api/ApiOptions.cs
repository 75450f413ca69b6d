using System.ComponentModel.DataAnnotations;
using Platform.Api.Callers;
using Platform.Api.Limits;

namespace Platform.Api;

/// <summary>Whom the API trusts and how much it lets anybody ask; section <c>Api</c>.</summary>
public sealed class ApiOptions : IValidatableObject
{
    public const string Section = "Api";

    /// <summary>The identity servers whose tokens count.</summary>
    public IList<TrustedIssuer> TrustedIssuers { get; } = [];

    public LimitOptions Limits { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TrustedIssuers.Count == 0)
        {
            yield return new(
                "Set Api:TrustedIssuers:0:Issuer, :MetadataAddress and :Kinds:0 to the identity server whose tokens count; without one nobody could be let in.");
        }

        if (TrustedIssuers.GroupBy(issuer => issuer.Issuer.TrimEnd('/')).Any(same => same.Count() > 1))
        {
            yield return new("Api:TrustedIssuers names the same Issuer twice: keep one entry with all its Kinds.");
        }

        foreach (var finding in TrustedIssuers.Select((issuer, index) => issuer.Finding($"Api:TrustedIssuers:{index}")).OfType<string>())
        {
            yield return new(finding);
        }

        if (Limits.Finding() is { } limits)
        {
            yield return new(limits);
        }
    }
}
