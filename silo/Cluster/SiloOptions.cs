using System.ComponentModel.DataAnnotations;
using System.Net;
using Orleans.Configuration;
using Platform.Hosting.Cluster;

namespace Platform.Silo.Cluster;

/// <summary>Where this silo stands in which cluster; section <c>Cluster</c> of a silo.</summary>
public sealed class SiloOptions : IValidatableObject
{
    public const string Section = "Cluster";

    /// <summary>Which cluster over the service's database.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Set Cluster:ClusterId to the name of the cluster, or leave it out.")]
    public string ClusterId { get; set; } = Platform.Hosting.Cluster.ClusterOptions.ServiceId;

    /// <summary>The address at which this silo listens and the others reach it.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port for other silos.</summary>
    [Range(1, 65535, ErrorMessage = "Set Cluster:SiloPort to a port from 1 to 65535.")]
    public int SiloPort { get; set; } = EndpointOptions.DEFAULT_SILO_PORT;

    /// <summary>The port for clients of the cluster.</summary>
    [Range(1, 65535, ErrorMessage = "Set Cluster:GatewayPort to a port from 1 to 65535.")]
    public int GatewayPort { get; set; } = EndpointOptions.DEFAULT_GATEWAY_PORT;

    public ClusterTlsOptions Tls { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            yield return new("Set Cluster:Address to the one IP address at which the other silos and the clients reach this silo, for instance the pod's.");
        }
        else if (!Tls.IsOn && !IPAddress.IsLoopback(address))
        {
            yield return new(
                "Set Cluster:Tls:CertificateFile and Cluster:Tls:AuthorityFile: at an address that other machines reach, a silo answers nobody without a certificate.");
        }

        if (SiloPort == GatewayPort)
        {
            yield return new("Set Cluster:SiloPort and Cluster:GatewayPort to two different ports.");
        }

        if (Tls.Finding(mustServe: true) is { } tls)
        {
            yield return new(tls);
        }
    }
}
