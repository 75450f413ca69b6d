using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Platform.Hosting.Forwarding;

/// <summary>
/// The proxies that may say in X-Forwarded-For and X-Forwarded-Proto for whom they ask; of everybody else, and where none is named, the headers are ignored.
/// </summary>
public sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>Addresses of proxies.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Networks of proxies, each <c>address/prefix</c>.</summary>
    public IList<string> KnownNetworks { get; } = [];

    internal bool IsOn => KnownProxies.Count + KnownNetworks.Count > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KnownProxies.Any(proxy => !IPAddress.TryParse(proxy, out _)))
        {
            yield return new("Each entry of ForwardedHeaders:KnownProxies must be an IP address, for instance 10.0.0.7.");
        }

        if (KnownNetworks.Any(network => !IPNetwork.TryParse(network, out var parsed) || parsed.PrefixLength == 0))
        {
            yield return new(
                "Each entry of ForwardedHeaders:KnownNetworks must be a network as address/prefix, for instance 10.0.0.0/24, and not the whole Internet.");
        }
    }
}
