using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Load.Stack;

/// <summary>The authority of a stack's certificates, and the files with them.</summary>
internal sealed class ClusterAuthority : IDisposable
{
    private const string ToServe = "1.3.6.1.5.5.7.3.1";
    private const string ToCall = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public ClusterAuthority(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=load authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(20));
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
    }

    private string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public Dictionary<string, string> ForSilo() => Settings("silo", ToServe, ToCall);

    public Dictionary<string, string> ForClient() => Settings("client", ToCall);

    /// <summary>A PEM file with which several identity servers protect what they keep in their common database.</summary>
    public string KeyRing()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(20));
        return Write("ring", made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _authority.Dispose();

    private Dictionary<string, string> Settings(string name, params string[] usages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(_authority, now.AddDays(-1), now.AddDays(10), RandomNumberGenerator.GetBytes(8));
        return new()
        {
            ["Cluster__Tls__CertificateFile"] = Write(name, issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()),
            ["Cluster__Tls__AuthorityFile"] = AuthorityFile,
        };
    }

    private string Write(string name, string certificate, string key)
    {
        var file = Path.Combine(_folder, $"{name}-{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, $"{certificate}\n{key}\n");
        return file;
    }
}
