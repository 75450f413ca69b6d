using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Api.Mtls;

/// <summary>An additional HTTPS port that asks for the client's certificate; section <c>Api:Mtls</c>. Without a port there is none.</summary>
public sealed class MtlsOptions
{
    /// <summary>The port, on all addresses.</summary>
    public int Port { get; set; }

    /// <summary>PEM file with the server's certificate, followed by its chain.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the certificate's private key, where it is not in the same file.</summary>
    public string? KeyFile { get; set; }

    internal string? Finding()
    {
        if (this is { Port: 0, CertificateFile: null, KeyFile: null })
        {
            return null;
        }

        if (Port is < 1 or > 65535)
        {
            return "Set Api:Mtls:Port to a port from 1 to 65535, or leave all of Api:Mtls out.";
        }

        try
        {
            using var certificate = Load();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return "Set Api:Mtls:CertificateFile to a readable PEM file with the server's certificate, and Api:Mtls:KeyFile to one with its private key.";
        }
    }

    internal X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(CertificateFile ?? "", KeyFile ?? CertificateFile);

    internal X509Certificate2Collection LoadChain()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(CertificateFile!);
        return chain;
    }
}
