using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Cluster;

/// <summary>Where the silos are and how they are known; section <c>Cluster</c> of a process that is no silo.</summary>
public sealed class ClusterOptions : IValidatableObject
{
    public const string Section = "Cluster";

    /// <summary>Name of the service; part of every stored key, so never changed.</summary>
    public const string ServiceId = "platform";

    /// <summary>Which cluster over the service's database: silos and their clients name the same one.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Set Cluster:ClusterId to the name of the cluster, or leave it out.")]
    public string ClusterId { get; set; } = ServiceId;

    /// <summary>Gateways of silos, each <c>address:port</c> or <c>name:port</c>; a name may stand for many and is looked up again and again.</summary>
    public IList<string> Gateways { get; } = [];

    public ClusterTlsOptions Tls { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var gateways = Gateways.Select(gateway => Gateway.TryParse(gateway, out var parsed) ? parsed : null).ToArray();
        if (gateways.Length == 0 || gateways.Contains(null))
        {
            yield return new(
                "Set Cluster:Gateways:0 (and :1, …) to the gateways of the silos, each as address:port or name:port, for instance 127.0.0.1:30000.");
        }
        else if (!Tls.IsOn && gateways.Any(gateway => !gateway!.IsThisMachine))
        {
            yield return new(
                "Set Cluster:Tls:CertificateFile and Cluster:Tls:AuthorityFile: silos on other machines answer nobody without a certificate.");
        }

        if (Tls.Finding(mustServe: false) is { } tls)
        {
            yield return new(tls);
        }
    }
}
