using System.Security.Cryptography;

namespace Platform.Hosting.Cluster;

/// <summary>Certificates with which the processes of a cluster know each other; section <c>Cluster:Tls</c>. Read at start: to renew, replace and restart.</summary>
public sealed class ClusterTlsOptions
{
    /// <summary>PEM file with this process's certificate: for clients of the silos with the usage of a TLS client, for silos also with that of a server.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the certificate's private key, where it is not in the same file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>PEM file with the authorities that issue certificates of this cluster and of nothing else: roots, and what stands between.</summary>
    public string? AuthorityFile { get; set; }

    public bool IsOn => (CertificateFile ?? KeyFile ?? AuthorityFile) is not null;

    /// <summary>What is wrong with the settings, or null.</summary>
    public string? Finding(bool mustServe)
    {
        if (!IsOn)
        {
            return null;
        }

        if (CertificateFile is null || AuthorityFile is null)
        {
            return "Set Cluster:Tls:CertificateFile and Cluster:Tls:AuthorityFile together (and KeyFile, if the key is in a file of its own), or leave all of Cluster:Tls out.";
        }

        try
        {
            using var certificates = ClusterCertificates.Load(this);
            return certificates.Finding(mustServe);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return "Set Cluster:Tls:CertificateFile to a readable PEM file with the process's certificate, Cluster:Tls:KeyFile to one with its private key, "
                + "and Cluster:Tls:AuthorityFile to one with the cluster's authorities.";
        }
    }
}
