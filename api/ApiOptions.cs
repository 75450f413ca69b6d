using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Api.Callers;
using Platform.Api.Limits;
using Platform.Hosting.Mtls;

namespace Platform.Api;

/// <summary>Whom the API trusts and how much it lets anybody ask; section <c>Api</c>.</summary>
public sealed class ApiOptions : IValidatableObject
{
    public const string Section = "Api";

    /// <summary>The identity servers whose tokens count.</summary>
    public IList<TrustedIssuer> TrustedIssuers { get; } = [];

    /// <summary>The address under which clients reach the API, where that is not the one that reaches this process.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How long a request may take; what is left of it a call that failed may be made again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "Api:Deadline must lie between 00:00:00.100 and 00:02:00.")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    public LimitOptions Limits { get; set; } = new();

    public MtlsOptions Mtls { get; set; } = new();

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

        if (PublicUrl is not null && !IsPlain(PublicUrl))
        {
            yield return new("Api:PublicUrl must be the http(s) address under which clients reach the API, for instance https://api.example.vn/, or absent.");
        }

        if (Limits.Finding() is { } limits)
        {
            yield return new(limits);
        }

        if (Mtls.Finding("Api:Mtls") is { } mtls)
        {
            yield return new(mtls);
        }
    }

    /// <summary>The address of a request as its client sees it, without query; null if its Host header makes none.</summary>
    internal Uri? PublicAddressOf(HttpRequest request)
    {
        var address = PublicUrl is null
            ? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path)
            : PublicUrl.AbsoluteUri.TrimEnd('/') + request.PathBase.Add(request.Path).ToUriComponent();
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
    }

    static bool IsPlain(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.Query + url.Fragment + url.UserInfo == "";
}
