using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Hosting.Mtls;

/// <summary>An additional HTTPS port that asks for the client's certificate; section <c>Mtls</c> of a process. Without a port there is none.</summary>
public class MtlsOptions
{
    /// <summary>The port, on all addresses.</summary>
    public int Port { get; set; }

    /// <summary>PEM file with the server's certificate, followed by its chain.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the certificate's private key, where it is not in the same file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>What is wrong with the settings, or null; <paramref name="section"/> is where they stand.</summary>
    public string? Finding(string section)
    {
        if (this is { Port: 0, CertificateFile: null, KeyFile: null })
        {
            return null;
        }

        if (Port is < 1 or > 65535)
        {
            return $"Set {section}:Port to a port from 1 to 65535, or leave all of {section} out.";
        }

        try
        {
            using var certificate = Load();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"Set {section}:CertificateFile to a readable PEM file with the server's certificate, and {section}:KeyFile to one with its private key.";
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
