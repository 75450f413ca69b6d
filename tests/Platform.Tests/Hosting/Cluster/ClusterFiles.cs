using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Hosting.Cluster;

namespace Platform.Tests.Hosting.Cluster;

/// <summary>An authority of a cluster of the test's own, and files with the certificates that it issues.</summary>
internal sealed class ClusterFiles : IDisposable
{
    public const string ToServe = "1.3.6.1.5.5.7.3.1";
    public const string ToCall = "1.3.6.1.5.5.7.3.2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cluster-");
    private readonly List<X509Certificate2> _authorities = [Authority()];
    private X509Certificate2 _authority;

    public ClusterFiles()
    {
        _authority = _authorities[0];
        Trust(_authorities);
    }

    public string AuthorityFile => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>First step of replacing the authority: a second one is trusted too, and issues nothing yet.</summary>
    public void AnnounceAuthority()
    {
        _authorities.Add(Authority());
        Trust(_authorities);
    }

    /// <summary>Second step: certificates come from the new one.</summary>
    public void IssueFromNewAuthority() => _authority = _authorities[^1];

    /// <summary>Last step: only the new one is trusted.</summary>
    public void ForgetFormerAuthority() => Trust([_authority]);

    /// <summary>Options with a certificate for these usages.</summary>
    public ClusterTlsOptions Tls(params string[] usages) => new() { CertificateFile = Issue(usages), AuthorityFile = AuthorityFile };

    /// <summary>A PEM file with a new certificate and its key.</summary>
    public string Issue(string[] usages, int fromDays = -1, int toDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=platform", key, HashAlgorithmName.SHA256);
        if (usages.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], critical: false));
        }

        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(_authority, now.AddDays(fromDays), now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, $"{issued.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return file;
    }

    public void Dispose()
    {
        _authorities.ForEach(authority => authority.Dispose());
        _folder.Delete(recursive: true);
    }

    private void Trust(IEnumerable<X509Certificate2> authorities) =>
        File.WriteAllText(AuthorityFile, string.Join("\n", authorities.Select(authority => authority.ExportCertificatePem())));

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=cluster {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
    }
}
