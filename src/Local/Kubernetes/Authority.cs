using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Local.Kubernetes;

/// <summary>An authority that issues the certificates of one namespace and is then forgotten: nobody can issue another one later.</summary>
internal sealed class Authority : IDisposable
{
    private const string ToServe = "1.3.6.1.5.5.7.3.1";
    private const string ToCall = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly X509Certificate2 _authority;
    private readonly DateTimeOffset _from;

    public Authority(string name, TimeProvider clock)
    {
        _from = clock.GetUtcNow().AddMinutes(-10);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(_from, _from + Life);
        Certificate = _authority.ExportCertificatePem();
    }

    public string Certificate { get; }

    /// <summary>For a server that is reached under these names.</summary>
    public IReadOnlyDictionary<string, string> ForServer(params IReadOnlyList<string> names) => Issue(names, ToServe);

    /// <summary>For a silo, which serves and calls, whatever its address.</summary>
    public IReadOnlyDictionary<string, string> ForSilo() => Issue(["silo"], ToServe, ToCall);

    /// <summary>For a client of the silos.</summary>
    public IReadOnlyDictionary<string, string> ForClient(string name) => Issue([name], ToCall);

    public void Dispose() => _authority.Dispose();

    // The shape that Kubernetes and cert-manager give a certificate.
    private Dictionary<string, string> Issue(IReadOnlyList<string> names, params IReadOnlyList<string> usages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], critical: false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var issued = request.Create(_authority, _from, _from + Life, RandomNumberGenerator.GetBytes(SerialBytes));
        return new() { ["tls.crt"] = issued.ExportCertificatePem() + "\n", ["tls.key"] = key.ExportPkcs8PrivateKeyPem() + "\n", ["ca.crt"] = Certificate + "\n" };
    }
}
