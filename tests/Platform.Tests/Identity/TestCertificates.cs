using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Tests.Identity;

/// <summary>Authorities, certificates of clients, and a port at which they are shown.</summary>
internal static class TestCertificates
{
    const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    /// <summary>Settings for an mTLS port whose clients the authority vouches for.</summary>
    public static async Task<Dictionary<string, string?>> Settings(IdentityPlace place, int port, X509Certificate2 authority)
    {
        using var serving = Issue(authority, "CN=localhost", usage: ServerUsage);
        await File.WriteAllTextAsync(place.File("server.pem"), serving.ExportCertificatePem() + "\n" + serving.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(place.File("ca.pem"), authority.ExportCertificatePem());
        return new()
        {
            ["Identity:Mtls:Port"] = $"{port}",
            ["Identity:Mtls:PublicAddress"] = "https://mtls.identity.example.vn/",
            ["Identity:Mtls:CertificateFile"] = place.File("server.pem"),
            ["Identity:Mtls:ClientAuthorities"] = place.File("ca.pem"),
        };
    }

    /// <summary>A client of that port that shows a certificate, or none.</summary>
    public static HttpClient Client(int port, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost";
        if (certificate is not null)
        {
            // Offline, so that it is not this client that looks for the issuer.
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{port}/") };
    }

    public static X509Certificate2 Authority(string subject, X509Certificate2? above = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        if (above is null)
        {
            return request.CreateSelfSigned(now.AddDays(-5), now.AddDays(5));
        }

        using var issued = request.Create(above, now.AddDays(-4), now.AddDays(4), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public static X509Certificate2 Issue(
        X509Certificate2 authority, string subject, int fromDays = -1, int toDays = 1, string usage = "1.3.6.1.5.5.7.3.2", string? issuerAddress = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (issuerAddress is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([issuerAddress], [issuerAddress]));
        }

        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(authority, now.AddDays(fromDays), now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }
}
